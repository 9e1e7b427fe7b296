package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryTime;
import io.holdfast.launcher.cli.ReportTables.Cell;
import io.holdfast.launcher.cli.ReportTables.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What drills have proven, and how long restores took, against the recovery time objective. */
record ReportDrills(Html html, Report report, ReportTimes times) {

  private static final int MOST_TOLD = 100;

  void write() {
    RecoveryTime time = report.host().time();
    List<DrillRecord> drills = ReportWindow.drills(report);
    List<Measurement> measurements = ReportWindow.measurements(report);
    html.text("p", sentence(RestoreWords.time(report.host(), report.now().at())));
    if (!time.basis().isEmpty()) {
      html.text(
          "p",
          "The projection is the median of "
              + Quantity.count(time.basis().size(), "measurement")
              + " of at least a tenth of the newest set, each scaled up by size and never down.",
          "class",
          "soft");
    }
    if (drills.isEmpty() && measurements.isEmpty()) {
      html.text(
          "p", "No drill and no restore in this time: nothing has shown that a set restores.");
      return;
    }
    bars(measurements, drills);
    if (!drills.isEmpty()) {
      table(drills);
    }
    List<Measurement> restores =
        measurements.stream().filter(m -> m.source() == Measurement.Source.RESTORE).toList();
    if (!restores.isEmpty()) {
      restores(restores);
    }
  }

  private void bars(List<Measurement> measurements, List<DrillRecord> drills) {
    if (measurements.isEmpty()) {
      return;
    }
    Optional<Duration> rto = report.now().objectives().rto();
    double longest =
        measurements.stream().mapToDouble(m -> m.took().toMillis() / 1e3).max().orElse(1);
    double objective = rto.map(limit -> limit.toMillis() / 1e3).orElse(0.0);
    // An objective of an hour would hide restores of a minute: it is told beside the drawing then.
    double most = objective > 8 * longest ? longest : Math.max(longest, objective);
    ReportPlot plot =
        new ReportPlot(html, report.since(), report.now().at(), ReportScale.duration(most));
    plot.open(
        "restores",
        "How long each restore took"
            + (most < objective ? "; the objective, " + words(objective) + ", is far above" : ""),
        description(measurements, drills, rto));
    html.open("defs")
        .open(
            "pattern",
            "id",
            "hatch",
            "width",
            "6",
            "height",
            "3",
            "patternUnits",
            "userSpaceOnUse");
    html.shape("rect", "class", "bar over", "width", "3", "height", "3").close().close();
    for (Measurement each : measurements) {
      double at = Math.max(5, Math.min(995, plot.x(each.at())));
      boolean over = rto.filter(limit -> each.took().compareTo(limit) > 0).isPresent();
      boolean failed =
          drills.stream().anyMatch(d -> d.started().equals(each.at()) && !d.isProven());
      plot.bar(
          failed ? "bar failed" : over ? "bar over" : "bar",
          at - 4,
          at + 4,
          each.took().toMillis() / 1e3);
    }
    plot.close(rto.map(limit -> limit.toMillis() / 1e3), "objective " + words(objective), times);
  }

  private static String description(
      List<Measurement> measurements, List<DrillRecord> drills, Optional<Duration> rto) {
    long failed = drills.stream().filter(drill -> !drill.isProven()).count();
    return Quantity.count(measurements.size(), "restore")
        + " measured, the newest in "
        + Quantity.duration(measurements.get(0).took())
        + rto.map(limit -> "; the objective is " + Quantity.duration(limit)).orElse("")
        + "; "
        + Quantity.count(drills.size(), "drill")
        + ", "
        + failed
        + " of them failed.";
  }

  private void table(List<DrillRecord> drills) {
    String left = drills.size() > MOST_TOLD ? ", the newest " + MOST_TOLD : "";
    ReportTables.write(
        html,
        "Drills" + left,
        List.of(
            Column.of("When"),
            Column.of("Set"),
            Column.of("From"),
            Column.of("Result"),
            Column.number("Restored in"),
            Column.of("Objective"),
            Column.free("What was shown")),
        drills.stream().limit(MOST_TOLD).map(this::row).toList());
  }

  private List<Cell> row(DrillRecord drill) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(times.minute(drill.started())));
    row.add(Cell.of(drill.set() + (drill.whole() ? "" : " (sample)")));
    row.add(Cell.of(drill.target()));
    row.add(drill.isProven() ? Cell.word("good", "✓ proven") : Cell.word("bad", "✗ FAILED"));
    row.add(Cell.of(Quantity.duration(drill.restoreTook())));
    row.add(
        drill
            .rto()
            .map(
                limit ->
                    drill.missesRto()
                        ? Cell.word("bad", "missed " + Quantity.duration(limit))
                        : Cell.word("good", "met " + Quantity.duration(limit)))
            .orElse(Cell.of("none")));
    row.add(Cell.of(shown(drill)));
    return row;
  }

  private static String shown(DrillRecord drill) {
    List<String> reasons = drill.reasons();
    if (!reasons.isEmpty()) {
      String more = reasons.size() > 3 ? "; and " + (reasons.size() - 3) + " more" : "";
      return reasons.stream().limit(3).collect(Collectors.joining("; ")) + more;
    }
    return drill.proofs().size() <= 3
        ? drill.proofs().stream()
            .map(proof -> proof.artifact() + ": " + proof.compared())
            .collect(Collectors.joining("; "))
        : told(drill.proofs());
  }

  private static String told(List<DrillRecord.ArtifactProof> proofs) {
    long compared = proofs.stream().filter(DrillRecord.ArtifactProof::wasCompared).count();
    long not = proofs.size() - compared;
    return Quantity.count(compared, "artifact")
        + " equal to what was backed up"
        + (not == 0 ? "" : ", " + not + " not compared: the set has no fingerprint of them");
  }

  private void restores(List<Measurement> restores) {
    ReportTables.write(
        html,
        "Restores that were needed",
        List.of(
            Column.of("When"), Column.of("Set"), Column.number("Took"), Column.number("Of bytes")),
        restores.stream()
            .limit(MOST_TOLD)
            .map(
                each ->
                    List.of(
                        Cell.of(times.minute(each.at())),
                        Cell.of(each.set().toString()),
                        Cell.of(Quantity.duration(each.took())),
                        Cell.of(Quantity.bytes(each.bytes()))))
            .toList());
  }

  private static String words(double seconds) {
    return Quantity.duration(Duration.ofMillis(Math.round(seconds * 1e3)));
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
