package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import java.util.List;
import java.util.stream.Stream;

/** The parts of the time that a report looks at. */
final class ReportWindow {

  private ReportWindow() {}

  /** A week, a month, a season, and all of it. */
  static List<Integer> windows(int days) {
    return Stream.of(7, 30, 90, days).filter(window -> window <= days).distinct().toList();
  }

  /** Its drills, newest first. */
  static List<DrillRecord> drills(Report report) {
    return report.host().drills().drills().stream()
        .filter(drill -> !drill.started().isBefore(report.since()))
        .toList();
  }

  /** Its restores that were measured, newest first. */
  static List<Measurement> measurements(Report report) {
    return report.host().time().measurements().stream()
        .filter(each -> !each.at().isBefore(report.since()))
        .toList();
  }
}
