package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.recovery.RecoveryGaps.Gap;
import io.holdfast.launcher.cli.ReportTables.Cell;
import io.holdfast.launcher.cli.ReportTables.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How much was at risk between sets, against the recovery point objective. */
record ReportGaps(Html html, Report report, int days, ReportTimes times) {

  private static final int MOST_TOLD = 40;

  void write() {
    Optional<Duration> rpo = report.now().objectives().rpo();
    html.text(
        "p",
        "A gap is what could have been lost: from when a set of all of the host was begun until a"
            + " newer one was finished. Sets that retention has deleted since count, as far as this"
            + " host remembers its runs. "
            + rpo.map(limit -> "The objective is " + Quantity.age(limit) + ".")
                .orElse("No objective says how long one may be (objectives.rpo)."));
    if (report.gaps().gaps().isEmpty()) {
      html.text("p", "There is no set that brings all of the host back.");
      return;
    }
    bars(rpo);
    ReportTables.write(
        html,
        "Gaps by target and time",
        List.of(
            Column.of("Target"),
            Column.number("Last days"),
            Column.number("Longest gap"),
            Column.number("Over the objective"),
            Column.number("Since the newest")),
        rows(rpo));
    rpo.map(report.gaps()::over).filter(over -> !over.isEmpty()).ifPresent(this::over);
  }

  private void bars(Optional<Duration> rpo) {
    List<Gap> gaps = report.gaps().gaps();
    double most =
        Math.max(
            seconds(report.gaps().longest().map(Gap::length).orElse(Duration.ZERO)),
            rpo.map(ReportGaps::seconds).orElse(0.0));
    ReportPlot plot =
        new ReportPlot(html, report.since(), report.now().at(), ReportScale.duration(most));
    plot.open("gaps", "Length of each gap, by when it was", description(gaps, rpo));
    for (int i = 0; i < gaps.size(); i++) {
      Gap gap = gaps.get(i);
      boolean over = rpo.filter(limit -> gap.length().compareTo(limit) > 0).isPresent();
      double left = plot.x(gap.from());
      // Gaps overlap while a set is made; bars would hide each other.
      double right = plot.x(i + 1 < gaps.size() ? gaps.get(i + 1).from() : gap.until());
      double space = Math.min(2, (right - left) / 6);
      plot.bar(over ? "bar over" : "bar", left + space, right - space, seconds(gap.length()));
    }
    plot.close(
        rpo.map(ReportGaps::seconds), "objective " + rpo.map(Quantity::age).orElse(""), times);
  }

  private static String description(List<Gap> gaps, Optional<Duration> rpo) {
    long over =
        rpo.map(limit -> gaps.stream().filter(g -> g.length().compareTo(limit) > 0).count())
            .orElse(0L);
    return Quantity.count(gaps.size(), "gap")
        + ", "
        + rpo.map(limit -> over + " of them over the objective; the").orElse("the")
        + " longest was "
        + gaps.stream()
            .max(Comparator.comparing(Gap::length))
            .map(Gap::length)
            .map(Quantity::age)
            .orElse("none")
        + ".";
  }

  private List<List<Cell>> rows(Optional<Duration> rpo) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int window : ReportWindow.windows(days)) {
      rows.add(row("any target", report.gaps(), window, rpo));
      report.targets().stream()
          .filter(target -> target.failure().isEmpty())
          .forEach(target -> rows.add(row(target.target(), target.gaps(), window, rpo)));
    }
    return rows;
  }

  private List<Cell> row(String name, RecoveryGaps all, int window, Optional<Duration> rpo) {
    RecoveryGaps gaps = all.within(report.now().at(), Duration.ofDays(window));
    long over = rpo.map(limit -> (long) gaps.over(limit).size()).orElse(0L);
    return List.of(
        Cell.of(name),
        Cell.of(Integer.toString(window)),
        Cell.of(gaps.longest().map(Gap::length).map(Quantity::age).orElse("no set")),
        rpo.isEmpty()
            ? Cell.of("-")
            : Cell.word(over > 0 ? "bad" : "good", over > 0 ? over + " over" : "none"),
        Cell.of(gaps.current().map(Gap::length).map(Quantity::age).orElse("no set")));
  }

  private void over(List<Gap> over) {
    List<List<Cell>> rows =
        over.stream()
            .sorted(Comparator.comparing(Gap::from).reversed())
            .limit(MOST_TOLD)
            .map(
                gap ->
                    List.of(
                        Cell.of(times.minute(gap.from())),
                        Cell.of(gap.open() ? "now" : times.minute(gap.until())),
                        Cell.word("bad", Quantity.age(gap.length()))))
            .toList();
    String left = over.size() > MOST_TOLD ? ", the newest " + MOST_TOLD + " of " + over.size() : "";
    ReportTables.write(
        html,
        "Gaps over the objective, on any target" + left,
        List.of(Column.of("From"), Column.of("To"), Column.of("Length")),
        rows);
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds();
  }
}
