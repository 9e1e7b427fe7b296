package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.ArtifactSizes;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.recovery.RecoveryGaps.Gap;
import io.holdfast.domain.trend.SetSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report for people on a terminal. */
record ReportPage(Report report, int days, ZoneId zone) {

  void text(Page page) {
    page.line(
        report.host().host() + ", the last " + Quantity.count(days, "day") + ", days in " + zone);
    risk(page);
    page.line("").line("sets").table(sets());
    calendars(page);
    page.line("")
        .line("gaps: from when a set of all of the host was begun until a newer one was finished");
    page.table(gaps());
    overObjective(page);
    page.line("").line("restore: " + RestoreWords.time(report.host(), report.now().at()));
    drills(page);
    if (!report.artifacts().isEmpty()) {
      page.line("").line("largest artifacts").table(artifacts());
    }
  }

  private void risk(Page page) {
    List<Finding> findings = report.now().findings();
    if (findings.isEmpty()) {
      page.line(Style.GOOD, "OK", "  nothing is at risk that was promised");
    }
    findings.forEach(finding -> page.line(Style.BAD, "AT RISK", "  " + finding.text()));
  }

  private Table sets() {
    Table table =
        new Table(
            Table.Column.text("TARGET"),
            Table.Column.number("SETS"),
            Table.Column.number("COMPLETE"),
            Table.Column.number("SUSPECT"),
            Table.Column.number("PARTIAL"),
            Table.Column.number("DAMAGED"),
            Table.Column.number("OTHERS"),
            Table.Column.number("DELETED"),
            Table.Column.number("NEWEST"));
    for (TargetPast target : report.targets()) {
      Map<PastState, Long> counts = new EnumMap<>(PastState.class);
      target.sets().forEach(set -> counts.merge(set.state(), 1L, Long::sum));
      long others =
          counts.getOrDefault(PastState.HANDMADE, 0L)
              + counts.getOrDefault(PastState.INCOMPLETE, 0L);
      table.add(
          Table.Cell.of(target.target()),
          target.failure().isPresent()
              ? new Table.Cell("unread", Style.BAD)
              : number(target.sets().size()),
          number(counts.getOrDefault(PastState.COMPLETE, 0L)),
          number(counts.getOrDefault(PastState.SUSPECT, 0L)),
          number(counts.getOrDefault(PastState.PARTIAL, 0L)),
          number(counts.getOrDefault(PastState.DAMAGED, 0L)),
          number(others),
          number(counts.getOrDefault(PastState.DELETED, 0L)),
          Table.Cell.of(
              target.sets().stream()
                  .findFirst()
                  .map(set -> Quantity.bytes(set.bytes()))
                  .orElse("-")));
    }
    return table;
  }

  private static Table.Cell number(long count) {
    return Table.Cell.of(Long.toString(count));
  }

  /** A line a target with a sign a day, oldest first. */
  private void calendars(Page page) {
    page.line("");
    for (TargetPast target : report.targets()) {
      ReportDays calendar = new ReportDays(target.sets(), zone);
      String line =
          calendar
              .between(report.since(), report.now().at())
              .map(day -> calendar.best(day).map(PastStates::sign).orElse("·"))
              .collect(Collectors.joining());
      page.line("by day, " + target.target() + ": " + line);
    }
    page.line(
        Arrays.stream(PastState.values())
                .map(state -> PastStates.sign(state) + " " + PastStates.word(state))
                .collect(Collectors.joining(", "))
            + ", · none");
  }

  private Table gaps() {
    Table table =
        new Table(
            Table.Column.text("TARGET"),
            Table.Column.number("DAYS"),
            Table.Column.number("LONGEST"),
            Table.Column.number("OVER THE OBJECTIVE"),
            Table.Column.number("NOW"));
    for (int window : ReportWindow.windows(days)) {
      addGaps(table, "any", report.gaps(), window);
      report.targets().stream()
          .filter(target -> target.failure().isEmpty())
          .forEach(target -> addGaps(table, target.target(), target.gaps(), window));
    }
    return table;
  }

  private void addGaps(Table table, String name, RecoveryGaps all, int window) {
    RecoveryGaps gaps = all.within(report.now().at(), Duration.ofDays(window));
    Optional<Duration> rpo = report.now().objectives().rpo();
    table.add(
        Table.Cell.of(name),
        Table.Cell.of(Integer.toString(window)),
        Table.Cell.of(gaps.longest().map(Gap::length).map(Quantity::age).orElse("never")),
        Table.Cell.of(rpo.map(limit -> Integer.toString(gaps.over(limit).size())).orElse("-")),
        Table.Cell.of(gaps.current().map(Gap::length).map(Quantity::age).orElse("never")));
  }

  private void overObjective(Page page) {
    report.now().objectives().rpo().map(report.gaps()::over).orElse(List.of()).stream()
        .map(
            gap ->
                Quantity.age(gap.length())
                    + " from "
                    + when(gap.from())
                    + " to "
                    + (gap.open() ? "now" : when(gap.until())))
        .forEach(gap -> page.line(Style.BAD, "over the objective", "  " + gap));
  }

  private void drills(Page page) {
    for (DrillRecord drill : ReportWindow.drills(report)) {
      page.line(
          drill.isProven() ? Style.GOOD : Style.BAD,
          RestoreWords.result(drill),
          "  drill of "
              + drill.set()
              + " from "
              + drill.target()
              + ", "
              + when(drill.started())
              + ", restored in "
              + Quantity.duration(drill.restoreTook())
              + (drill.missesRto() ? ", longer than the objective" : ""));
      drill.reasons().forEach(reason -> page.line("  " + reason));
    }
  }

  private Table artifacts() {
    Table table =
        new Table(
            Table.Column.text("ARTIFACT"),
            Table.Column.number("FIRST"),
            Table.Column.number("NEWEST"),
            Table.Column.number("SETS"));
    for (ArtifactSizes artifact : report.artifacts()) {
      List<SetSize> sizes = artifact.sizes();
      table.add(
          Table.Cell.of(artifact.name()),
          Table.Cell.of(Quantity.bytes(sizes.get(0).bytes())),
          Table.Cell.of(Quantity.bytes(sizes.get(sizes.size() - 1).bytes())),
          Table.Cell.of(Integer.toString(sizes.size())));
    }
    return table;
  }

  private String when(Instant at) {
    return at.atZone(zone).truncatedTo(ChronoUnit.MINUTES).toLocalDateTime().toString();
  }
}
