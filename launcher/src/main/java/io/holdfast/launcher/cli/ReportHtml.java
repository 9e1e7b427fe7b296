package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.domain.backup.SetId;
import io.holdfast.launcher.cli.ReportTables.Cell;
import io.holdfast.launcher.cli.ReportTables.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A report as one page that needs nothing else: no network, no script. Its style is in it, its
 * drawings are SVG with a table or a sentence beside them.
 */
final class ReportHtml {

  private static final int MOST_SETS = 1_000;
  private static final Map<String, String> SECTIONS =
      new TreeMap<>(
          Map.of(
              "1 risk", "At risk now",
              "2 calendar", "Sets by day",
              "3 gaps", "Gaps between sets",
              "4 drills", "Drills and restore times",
              "5 sizes", "Sizes over time",
              "6 sets", "All sets"));

  private final Html html = new Html();
  private final Report report;
  private final int days;
  private final ZoneId zone;
  private final ReportTimes times;

  private ReportHtml(Report report, int days, ZoneId zone) {
    this.report = report;
    this.days = days;
    this.zone = zone;
    this.times = new ReportTimes(zone);
  }

  static String of(Report report, int days, ZoneId zone) {
    ReportHtml page = new ReportHtml(report, days, zone);
    page.html.asIs("<!DOCTYPE html>\n").open("html", "lang", "en");
    page.head();
    page.body();
    return page.html.close().line().whole();
  }

  private void head() {
    html.open("head").line().lone("meta", "charset", "utf-8").line();
    html.lone("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.lone(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        .line();
    html.lone("meta", "name", "referrer", "content", "no-referrer").line();
    html.lone("link", "rel", "icon", "href", "data:,").line();
    html.text("title", "Recovery report of " + report.host().host()).line();
    html.open("style").asIs(styles()).close().close().line();
  }

  private void body() {
    html.open("body").text("a", "Skip to the report", "class", "skip", "href", "#main").line();
    html.open("header").text("h1", "Recovery report of " + report.host().host());
    html.text(
        "p",
        times.day(report.since())
            + " to "
            + times.minute(report.now().at())
            + ", "
            + Quantity.count(days, "day")
            + ", times in "
            + zone,
        "class",
        "soft");
    html.close().line().open("nav", "aria-label", "Sections").open("ul");
    SECTIONS.forEach(
        (key, title) -> html.open("li").text("a", title, "href", "#" + key.substring(2)).close());
    html.close().close().line().open("main", "id", "main", "tabindex", "-1").line();
    section("1 risk", this::risk);
    section("2 calendar", () -> new ReportCalendar(html, report, zone).write());
    section("3 gaps", () -> new ReportGaps(html, report, days, times).write());
    section("4 drills", () -> new ReportDrills(html, report, times).write());
    section("5 sizes", () -> new ReportSizes(html, report, times).write());
    section("6 sets", this::sets);
    html.close().line().open("footer");
    html.text(
        "p",
        "Made by holdfast "
            + Version.text()
            + " from the targets and from what "
            + report.host().host()
            + " remembers of its runs. `holdfast status` tells what is at risk at any time.",
        "class",
        "soft");
    html.close().close().line();
  }

  private void section(String key, Runnable content) {
    String id = key.substring(2);
    html.open("section", "id", id, "aria-labelledby", id + "-heading");
    html.text("h2", Objects.requireNonNull(SECTIONS.get(key)), "id", id + "-heading").line();
    content.run();
    html.close().line();
  }

  private void risk() {
    List<Finding> findings = report.now().findings();
    List<String> remarks = report.now().remarks();
    html.open("div", "class", "verdict " + styleOf(findings));
    html.open("p");
    if (findings.isEmpty()) {
      html.text("strong", "✓ Nothing that was promised is at risk");
    } else {
      html.text("strong", "✗ " + Quantity.count(findings.size(), "thing") + " at risk");
    }
    html.close();
    if (!findings.isEmpty() || !remarks.isEmpty()) {
      html.open("ul");
      findings.forEach(finding -> html.text("li", finding.text()));
      remarks.forEach(remark -> html.text("li", remark));
      html.close();
    }
    html.close().line().open("dl", "class", "facts");
    new ReportFacts(report, times).all().forEach(this::fact);
    html.close();
  }

  private void fact(ReportFacts.Fact fact) {
    html.open("div").text("dt", fact.name()).open("dd").text(fact.value());
    if (!fact.detail().isEmpty()) {
      html.text("small", fact.detail());
    }
    html.close().close().line();
  }

  private static String styleOf(List<Finding> findings) {
    return findings.stream()
        .map(Finding::concern)
        .min(Concern::compareTo)
        .map(ReportHtml::styleOf)
        .orElse("good");
  }

  private static String styleOf(Concern worst) {
    return switch (worst) {
      case OBJECTIVE_MISSED, RTO_MISSED, UNREADABLE, DAMAGED, UNPROVEN -> "bad";
      case NO_SET, FUTURE, SUSPECT, VANISHED, BEHIND -> "doubt";
    };
  }

  private void sets() {
    Map<SetId, Map<String, PastSet>> sets = new TreeMap<>(Comparator.reverseOrder());
    for (TargetPast target : report.targets()) {
      target
          .sets()
          .forEach(
              set ->
                  sets.computeIfAbsent(set.id(), id -> new TreeMap<>()).put(target.target(), set));
    }
    if (sets.isEmpty()) {
      html.text("p", "There are none in this time.");
      return;
    }
    List<Column> columns = new ArrayList<>(List.of(Column.of("Set")));
    report.targets().forEach(target -> columns.add(Column.of("On " + target.target())));
    columns.add(Column.number("Size"));
    columns.add(Column.number("Artifacts"));
    columns.add(Column.number("Took"));
    columns.add(Column.free("Tag and note"));
    String left = sets.size() > MOST_SETS ? ", the newest " + MOST_SETS + " of " + sets.size() : "";
    html.open("details").text("summary", Quantity.count(sets.size(), "set") + ", one by one");
    ReportTables.write(
        html,
        "Every set of this time by its id, which is when it was begun, in UTC" + left,
        columns,
        sets.values().stream().limit(MOST_SETS).map(this::row).toList());
    html.close();
  }

  private List<Cell> row(Map<String, PastSet> places) {
    PastSet any = places.values().stream().min(Comparator.comparing(PastSet::state)).orElseThrow();
    List<Cell> row = new ArrayList<>(List.of(Cell.of(any.id().toString())));
    for (TargetPast target : report.targets()) {
      row.add(
          Optional.ofNullable(places.get(target.target()))
              .map(
                  set ->
                      Cell.word(
                          PastStates.style(set.state()),
                          PastStates.sign(set.state())
                              + " "
                              + PastStates.word(set.state())
                              + (set.pinned() ? ", pinned" : "")))
              .orElse(Cell.of("-")));
    }
    row.add(Cell.of(Quantity.bytes(any.bytes())));
    row.add(Cell.of(any.artifacts() + (any.failed() > 0 ? ", " + any.failed() + " failed" : "")));
    row.add(Cell.of(any.took().map((Duration took) -> Quantity.duration(took)).orElse("-")));
    row.add(Cell.of(any.tag().map(tag -> "[" + tag + "] ").orElse("") + any.note().orElse("")));
    return row;
  }

  private static String styles() {
    try (InputStream in = ReportHtml.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
