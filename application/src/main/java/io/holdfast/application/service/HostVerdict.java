package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.MissingSet;
import io.holdfast.application.port.in.ReportStatus.TargetStatus;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.SetComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Judges what was seen of one host on all targets. */
final class HostVerdict {

  private final String host;
  private final List<TargetLook.Seen> seen;
  private final Instant now;
  private final Optional<Duration> rpo;
  private final int quorum;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param quorum how many targets have to hold a set that is young enough
   */
  HostVerdict(
      String host, List<TargetLook.Seen> seen, Instant now, Optional<Duration> rpo, int quorum) {
    this.host = host;
    this.seen = seen;
    this.now = now;
    this.rpo = rpo;
    this.quorum = Math.min(quorum, seen.size());
  }

  /**
   * The verdict.
   *
   * @param wanted what is still to be backed up
   * @param recovery how long it takes to bring it back, and whether that was shown
   */
  HostStatus judge(
      Predicate<ArtifactId> wanted, Optional<Instant> nextBackup, RecoveryVerdict recovery) {
    TreeMap<SetId, Manifest> sets = new TreeMap<>(Comparator.reverseOrder());
    seen.forEach(each -> each.complete().forEach(set -> sets.putIfAbsent(set.id(), set)));
    SetComparison comparison =
        sets.isEmpty()
            ? SetComparison.NONE
            : SetComparison.of(sets.firstEntry().getValue(), List.copyOf(sets.values()), wanted);
    seen.forEach(this::addTarget);
    addQuorum();
    if (rpo.isEmpty() && sets.isEmpty() && seen.stream().anyMatch(TargetLook.Seen::isRead)) {
      add(Concern.NO_SET, Optional.empty(), "there is no COMPLETE set of " + host);
    }
    comparison.suspects().forEach(each -> add(Concern.SUSPECT, Optional.empty(), tell(each)));
    comparison
        .vanished()
        .forEach(
            each ->
                add(
                    Concern.VANISHED,
                    Optional.empty(),
                    each.id().describe()
                        + " is not there any more; the last set with it is "
                        + each.lastIn()));
    findings.addAll(recovery.findings(host));
    findings.sort(Comparator.comparing(Finding::concern));
    return new HostStatus(
        host,
        seen.stream().map(TargetLook.Seen::status).toList(),
        sets.keySet().stream().findFirst(),
        seen.stream().flatMap(each -> point(each.status()).stream()).max(Comparator.naturalOrder()),
        comparison,
        missing(sets),
        nextBackup,
        findings,
        recovery.drills(),
        recovery.time());
  }

  private void addTarget(TargetLook.Seen each) {
    TargetStatus status = each.status();
    Optional<String> name = Optional.of(status.target());
    status
        .failure()
        .map(Failure::getMessage)
        .ifPresent(
            why ->
                add(
                    status.required() ? Concern.UNREADABLE : Concern.BEHIND,
                    name,
                    "target " + status.target() + " cannot be read: " + why));
    status
        .content()
        .map(Content::damaged)
        .ifPresent(
            sets ->
                sets.forEach(
                    set ->
                        add(
                            Concern.DAMAGED,
                            name,
                            "set "
                                + set
                                + " on target "
                                + status.target()
                                + " is damaged, as a verification has found")));
    each.future()
        .forEach(
            set ->
                add(
                    Concern.FUTURE,
                    name,
                    "set "
                        + set
                        + " on target "
                        + status.target()
                        + " is dated in the future and does not count: a clock was wrong"));
    if (each.isRead() && !isYoung(each)) {
      add(status.required() ? Concern.OBJECTIVE_MISSED : Concern.BEHIND, name, tellAge(status));
    }
  }

  /** Told where no required target is behind by itself: then it says nothing new. */
  private void addQuorum() {
    long young = seen.stream().filter(each -> each.isRead() && isYoung(each)).count();
    long unknown = seen.stream().filter(each -> !each.isRead()).count();
    boolean told = findings.stream().anyMatch(each -> each.concern() == Concern.OBJECTIVE_MISSED);
    if (rpo.isPresent() && !told && young + unknown < quorum) {
      add(
          Concern.OBJECTIVE_MISSED,
          Optional.empty(),
          young
              + " of "
              + seen.size()
              + " targets hold a COMPLETE set that is young enough, and "
              + quorum
              + " have to");
    }
  }

  private boolean isYoung(TargetLook.Seen each) {
    return rpo.isEmpty()
        || point(each.status())
            .filter(set -> Duration.between(set.begun(), now).compareTo(rpo.get()) <= 0)
            .isPresent();
  }

  private String tellAge(TargetStatus status) {
    String objective = "; the objective is " + Ages.text(rpo.orElseThrow());
    return point(status)
        .map(
            set ->
                "target "
                    + status.target()
                    + " can bring "
                    + host
                    + " back to "
                    + set
                    + " only, "
                    + Ages.text(Duration.between(set.begun(), now))
                    + " ago"
                    + objective)
        .orElseGet(
            () ->
                "target "
                    + status.target()
                    + " has no COMPLETE set that brings "
                    + host
                    + " back"
                    + objective);
  }

  private static Optional<SetId> point(TargetStatus status) {
    return status.content().flatMap(Content::recoveryPoint);
  }

  private List<MissingSet> missing(Map<SetId, Manifest> sets) {
    return sets.keySet().stream()
        .limit(ArtifactTrend.WINDOW)
        .map(
            set ->
                new MissingSet(
                    set,
                    seen.stream()
                        .filter(each -> each.lacks(set))
                        .map(each -> each.status().target())
                        .toList()))
        .filter(missing -> !missing.targets().isEmpty())
        .toList();
  }

  private static String tell(ArtifactTrend trend) {
    return trend.artifact().id().describe()
        + " has "
        + trend.bytes()
        + " bytes, and usually "
        + trend.usual().orElse(0);
  }

  private void add(Concern concern, Optional<String> target, String text) {
    findings.add(new Finding(concern, host, target, text));
  }
}
