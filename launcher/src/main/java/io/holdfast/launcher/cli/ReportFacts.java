package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryGaps.Gap;
import io.holdfast.domain.recovery.RecoveryTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few figures that a report begins with. */
record ReportFacts(Report report, ReportTimes times) {

  /**
   * A figure.
   *
   * @param detail what it is made of; may be empty
   */
  record Fact(String name, String value, String detail) {}

  List<Fact> all() {
    HostStatus host = report.host();
    Instant now = report.now().at();
    Optional<Duration> rpo = report.now().objectives().rpo();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Can be brought back to",
            host.recoveryPoint().map(set -> times.minute(set.begun())).orElse("nothing"),
            host.recoveryPoint()
                .map(set -> RestoreWords.ago(set.begun(), now) + ", set " + set)
                .orElse("no set brings all of it back")));
    facts.add(
        new Fact(
            "Longest gap between sets",
            report.gaps().longest().map(Gap::length).map(Quantity::age).orElse("no set"),
            rpo.map(limit -> "objective " + Quantity.age(limit) + over(limit))
                .orElse("no objective")));
    facts.add(restore(host.time()));
    facts.add(
        new Fact(
            "Last drill",
            host.drills()
                .last()
                .map(drill -> (drill.isProven() ? "✓ " : "✗ ") + RestoreWords.result(drill))
                .orElse("never"),
            host.drills()
                .last()
                .map(
                    drill ->
                        RestoreWords.ago(drill.started(), now)
                            + ", set "
                            + drill.set()
                            + " from "
                            + drill.target())
                .orElse("nothing has shown that a set restores")));
    facts.add(
        new Fact("Next backup", host.nextBackup().map(times::minute).orElse("not scheduled"), ""));
    facts.add(
        new Fact(
            "Size of the newest set",
            host.targets().stream()
                .flatMap(target -> target.content().stream())
                .flatMapToLong(content -> content.sizes().newest().stream())
                .mapToObj(Quantity::bytes)
                .findFirst()
                .orElse("no set"),
            Quantity.count(report.targets().size(), "target")));
    return facts;
  }

  private String over(Duration limit) {
    int over = report.gaps().over(limit).size();
    return over == 0 ? ", never longer" : ", longer " + Quantity.count(over, "time");
  }

  private static Fact restore(RecoveryTime time) {
    String measured = time.newest().map(Measurement::took).map(Quantity::duration).orElse("never");
    String objective =
        time.objective()
            .map(rto -> ", objective " + Quantity.duration(rto) + verdict(time))
            .orElse(", no objective");
    return new Fact(
        "A restore would take",
        time.projected().map(Quantity::duration).orElse("not known"),
        "last measured: " + measured + objective);
  }

  private static String verdict(RecoveryTime time) {
    return switch (time.standing()) {
      case NONE, NEVER_MEASURED -> "";
      case MET -> ", met";
      case MISSED -> ", MISSED";
      case SMALLER -> ", measured on something smaller";
    };
  }
}
