package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sets of each target by week and day. */
record ReportCalendar(Html html, Report report, ZoneId zone) {

  void write() {
    html.open("div", "class", "calendars");
    for (TargetPast target : report.targets()) {
      html.open("div").text("h3", "Target " + target.target());
      if (target.failure().isPresent()) {
        html.open("p", "class", "verdict bad")
            .text("cannot be read: " + target.failure().get())
            .close();
      } else {
        calendar(target);
      }
      html.close();
    }
    html.close();
    legend();
  }

  private void calendar(TargetPast target) {
    ReportDays days = new ReportDays(target.sets(), zone);
    LocalDate first = days.dayOf(report.since());
    LocalDate last = days.dayOf(report.now().at());
    html.open("table", "class", "calendar")
        .text("caption", "Sets on " + target.target() + " by day, a week a row");
    html.open("thead").open("tr").open("th", "scope", "col");
    html.text("span", "Week of", "class", "hidden").close();
    for (DayOfWeek day : DayOfWeek.values()) {
      html.text(
          "th",
          day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).substring(0, 2),
          "scope",
          "col",
          "abbr",
          day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
    html.close().close().open("tbody").line();
    LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
      html.open("tr").text("th", ReportTimes.day(monday), "scope", "row");
      for (int day = 0; day < 7; day++) {
        LocalDate date = monday.plusDays(day);
        if (date.isBefore(first) || date.isAfter(last)) {
          html.text("td", "", "class", "out");
        } else {
          day(days, date);
        }
      }
      html.close().line();
    }
    html.close().close().line();
  }

  private void day(ReportDays days, LocalDate date) {
    List<PastSet> sets = days.of(date);
    String style = days.best(date).map(PastStates::style).orElse("none");
    String words = ReportTimes.longDay(date) + ": " + words(sets);
    html.open("td", "class", style, "title", words);
    html.text("span", words, "class", "hidden");
    html.open("span", "aria-hidden", "true");
    html.text(days.best(date).map(PastStates::sign).orElse("·"));
    if (sets.size() > 1) {
      html.text("sup", Integer.toString(sets.size()));
    }
    html.close().close();
  }

  private static String words(List<PastSet> sets) {
    if (sets.isEmpty()) {
      return "no set";
    }
    Map<PastState, Long> counts = new EnumMap<>(PastState.class);
    sets.forEach(set -> counts.merge(set.state(), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + PastStates.word(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void legend() {
    html.open("ul", "class", "legend");
    for (PastState state : PastState.values()) {
      html.open("li");
      html.text("span", PastStates.sign(state), "class", "key " + PastStates.style(state));
      html.text(PastStates.word(state) + ": " + PastStates.meaning(state)).close();
    }
    html.open("li").text("span", "·", "class", "key none").text("no set that day").close();
    html.close();
    html.text(
        "p",
        "A day shows the best of its sets; a small figure tells how many there were.",
        "class",
        "soft");
  }
}
