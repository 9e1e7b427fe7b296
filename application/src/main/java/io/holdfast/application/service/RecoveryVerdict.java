package io.holdfast.application.service;

import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryTime;
import io.holdfast.domain.trend.RecoveryPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges how long it takes to bring a host back, and whether that was shown. */
record RecoveryVerdict(DrillHistory drills, RecoveryTime time) {

  /**
   * @param ledger the drills that this host remembers
   * @param runs what ran on this host; restores among it are measurements
   */
  static RecoveryVerdict of(
      List<TargetLook.Seen> seen,
      List<DrillRecord> ledger,
      List<Run> runs,
      Optional<Duration> rto) {
    // A target that was renamed or taken away cannot be drilled again.
    Set<String> targets =
        seen.stream().map(each -> each.status().target()).collect(Collectors.toSet());
    DrillHistory drills =
        new DrillHistory(
            Stream.concat(
                    seen.stream()
                        .flatMap(each -> each.status().content().stream())
                        .flatMap(content -> content.drills().drills().stream()),
                    ledger.stream().filter(drill -> targets.contains(drill.target())))
                .toList());
    List<Manifest> sets = seen.stream().flatMap(each -> each.complete().stream()).toList();
    List<Measurement> measurements = new ArrayList<>(drills.measurements());
    measurements.addAll(RestoreRuns.measurements(runs, sets));
    return new RecoveryVerdict(
        drills, new RecoveryTime(measurements, RecoveryPoint.bytes(sets), rto));
  }

  List<Finding> findings(String host) {
    List<Finding> findings = new ArrayList<>();
    if (time.standing() == RecoveryTime.Standing.MISSED) {
      findings.add(new Finding(Concern.RTO_MISSED, host, Optional.empty(), tellTime(host)));
    }
    Concern concern = time.objective().isPresent() ? Concern.RTO_MISSED : Concern.UNPROVEN;
    drills
        .standingFailures()
        .forEach(
            drill ->
                findings.add(
                    new Finding(concern, host, Optional.of(drill.target()), tellFailure(drill))));
    return findings;
  }

  private String tellTime(String host) {
    return "a restore of "
        + host
        + " takes too long: "
        + time.newest()
            .map(newest -> "the last one took " + Ages.text(newest.took()))
            .orElse("none was measured")
        + time.projected()
            .map(projected -> ", the newest set would take " + Ages.text(projected))
            .orElse("")
        + "; the objective is "
        + time.objective().map(Ages::text).orElse("none");
  }

  private static String tellFailure(DrillRecord drill) {
    return "the drill of "
        + drill.set()
        + " from target "
        + drill.target()
        + " on "
        + drill.started()
        + " failed and none since has proven a restore: "
        + drill.reasons().stream().findFirst().orElse("nothing more is known");
  }

  /** What an operator should know though nothing is missed. */
  static Optional<String> remark(HostStatus host) {
    return host.time().standing() == RecoveryTime.Standing.NEVER_MEASURED
        ? Optional.of(
            "objectives.rto is set, but no restore of "
                + host.host()
                + " was measured yet: `holdfast drill` measures one and proves it.")
        : Optional.empty();
  }
}
