package io.holdfast.operations.systemd;

import io.holdfast.operations.cron.CronFields;
import io.holdfast.operations.cron.CronTimes;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Collectors;

/**
 * The times of a cron expression as systemd.time(7) writes them, a line each.
 *
 * <p>systemd passes over a time that the clock skips, and runs what is due every hour once in an
 * hour that is repeated. So the moments after such gaps are named one by one for years ahead, and
 * times of every hour of every day are told in UTC, whose clock is never changed.
 */
final class CalendarEvents {

  private static final List<String> WEEKDAYS =
      List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Period AHEAD = Period.ofYears(10);
  private static final int HOUR = 3_600;
  private static final int SHORTEST_RANGE = 3;

  private final CronFields fields;
  private final ZoneId zone;
  private final Instant from;

  private CalendarEvents(CronFields fields, ZoneId zone, Instant from) {
    this.fields = fields;
    this.zone = zone;
    this.from = from;
  }

  /**
   * The lines.
   *
   * @param from gaps before it are passed over
   */
  static List<String> of(CronTimes times, ZoneId zone, Instant from) {
    CalendarEvents events = new CalendarEvents(times.fields(), zone, from);
    List<String> lines = events.repeated();
    lines.addAll(events.afterGaps(times));
    return lines;
  }

  private List<String> repeated() {
    List<String> lines = new ArrayList<>();
    String months = numbers(fields.months(), 1, 12);
    String days = numbers(fields.days(), 1, 31);
    String time = numbers(fields.hours(), 0, 23) + ":" + numbers(fields.minutes(), 0, 59) + ":00";
    String end = " " + time + " " + (knowsNoClock() ? "UTC" : zone.getId());
    String weekdays = weekdays();
    if (fields.eitherDay()) {
      lines.add("*-" + months + "-" + days + end);
      lines.add(weekdays + "*-" + months + "-*" + end);
    } else {
      lines.add(weekdays + "*-" + months + "-" + days + end);
    }
    return lines;
  }

  private List<String> afterGaps(CronTimes times) {
    List<String> lines = new ArrayList<>();
    if (fields.everyHour()) {
      return lines;
    }
    ZoneRules rules = zone.getRules();
    Instant end = from.atZone(ZoneOffset.UTC).plus(AHEAD).toInstant();
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && change.getInstant().isBefore(end)) {
      if (change.isGap() && isSkipped(times, change)) {
        lines.add(
            change
                .getInstant()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC"));
      }
      change = rules.nextTransition(change.getInstant());
    }
    return lines;
  }

  /** True when a run comes at the change, and would not where clocks were left alone. */
  private boolean isSkipped(CronTimes times, ZoneOffsetTransition change) {
    return times.upTo(change.getInstant()).filter(change.getInstant()::equals).isPresent()
        && !times.isTime(change.getDateTimeAfter());
  }

  private boolean knowsNoClock() {
    boolean everyDay =
        fields.months().size() == 12 && fields.days().size() == 31 && fields.weekdays().size() == 7;
    return fields.everyHour() && everyDay && wholeHours();
  }

  private boolean wholeHours() {
    ZoneRules rules = zone.getRules();
    return rules.getOffset(from).getTotalSeconds() % HOUR == 0
        && rules.getTransitionRules().stream()
            .allMatch(rule -> rule.getOffsetAfter().getTotalSeconds() % HOUR == 0);
  }

  private String weekdays() {
    if (fields.weekdays().size() == WEEKDAYS.size()) {
      return "";
    }
    return fields.weekdays().stream()
            .map(day -> WEEKDAYS.get(day - 1))
            .collect(Collectors.joining(","))
        + " ";
  }

  private static String numbers(NavigableSet<Integer> numbers, int least, int most) {
    if (numbers.size() == most - least + 1) {
      return "*";
    }
    List<String> parts = new ArrayList<>();
    int number = numbers.first();
    while (number <= most) {
      int last = number;
      while (numbers.contains(last + 1)) {
        last++;
      }
      addRange(parts, number, last);
      Integer next = numbers.higher(last);
      number = next == null ? most + 1 : next;
    }
    return String.join(",", parts);
  }

  private static void addRange(List<String> parts, int first, int last) {
    if (last - first + 1 >= SHORTEST_RANGE) {
      parts.add(String.format("%02d..%02d", first, last));
      return;
    }
    for (int number = first; number <= last; number++) {
      parts.add(String.format("%02d", number));
    }
  }
}
