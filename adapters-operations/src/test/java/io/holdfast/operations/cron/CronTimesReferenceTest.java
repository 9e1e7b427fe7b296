package io.holdfast.operations.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Cron's times around changes of the clock, against a walk over every minute. */
class CronTimesReferenceTest {

  /** An hour, half an hour at another half hour, at midnight, a whole day, none, and long ago. */
  private static final String[] CHANGES = {
    "Europe/Zurich 2026-03-29T01:00:00Z",
    "Europe/Zurich 2026-10-25T01:00:00Z",
    "Australia/Lord_Howe 2026-04-04T15:00:00Z",
    "Australia/Lord_Howe 2026-10-03T15:30:00Z",
    "America/Santiago 2026-04-05T03:00:00Z",
    "America/Santiago 2026-09-06T04:00:00Z",
    "Pacific/Apia 2011-12-30T10:00:00Z",
    "Pacific/Chatham 2026-04-04T14:00:00Z",
    "UTC 2026-02-28T23:00:00Z",
    "America/New_York 2024-02-29T12:00:00Z",
    "Africa/Monrovia 1972-01-07T00:44:30Z"
  };

  @Property(tries = 600)
  void every_time_is_the_next_of_the_one_before(
      @ForAll("expressions") String expression, @ForAll("changes") String change) {
    ZoneId zone = ZoneId.of(change.split(" ", 2)[0]);
    Instant middle = Instant.parse(change.split(" ", 2)[1]);
    Instant from = middle.minus(Duration.ofHours(50));
    Instant to = middle.plus(Duration.ofHours(50));
    CronTimes times = CronTimes.parse(expression, zone).orElseThrow();

    NavigableSet<Instant> expected = reference(expression, zone, from, to);
    NavigableSet<Instant> forwards = new TreeSet<>();
    for (var at = times.after(from);
        at.isPresent() && !at.get().isAfter(to);
        at = times.after(at.get())) {
      forwards.add(at.get());
    }
    NavigableSet<Instant> backwards = new TreeSet<>();
    for (var at = times.upTo(to);
        at.isPresent() && at.get().isAfter(from);
        at = times.upTo(at.get().minusNanos(1))) {
      backwards.add(at.get());
    }

    assertThat(forwards).as(expression + " after, " + change).isEqualTo(expected);
    assertThat(backwards).as(expression + " up to, " + change).isEqualTo(expected);
  }

  /** Every hour: each real minute whose clock fits. Else: each minute of the clock, once. */
  private static NavigableSet<Instant> reference(
      String expression, ZoneId zone, Instant from, Instant to) {
    String[] fields = expression.split(" ", -1);
    NavigableSet<Instant> times = new TreeSet<>();
    if (fields[1].equals("*")) {
      for (Instant at = from; !at.isAfter(to); at = at.plusSeconds(30)) {
        LocalDateTime clock = LocalDateTime.ofInstant(at, zone);
        if (clock.getSecond() == 0 && fits(fields, clock)) {
          times.add(at);
        }
      }
    } else {
      LocalDateTime clock =
          LocalDateTime.ofInstant(from, zone).minusHours(30).withSecond(0).withNano(0);
      LocalDateTime end = LocalDateTime.ofInstant(to, zone).plusHours(30);
      for (; clock.isBefore(end); clock = clock.plusMinutes(1)) {
        if (fits(fields, clock)) {
          ZoneOffsetTransition change = zone.getRules().getTransition(clock);
          boolean skipped = change != null && change.isGap();
          times.add(skipped ? change.getInstant() : clock.atZone(zone).toInstant());
        }
      }
    }
    return new TreeSet<>(times.subSet(from, false, to, true));
  }

  private static boolean fits(String[] fields, LocalDateTime clock) {
    boolean day = fits(fields[2], clock.getDayOfMonth());
    boolean weekday = fits(fields[4], clock.getDayOfWeek().getValue());
    boolean both = fields[2].startsWith("*") || fields[4].startsWith("*");
    return fits(fields[0], clock.getMinute())
        && fits(fields[1], clock.getHour())
        && fits(fields[3], clock.getMonthValue())
        && (both ? day && weekday : day || weekday);
  }

  private static boolean fits(String field, int value) {
    for (String part : field.split(",", -1)) {
      String[] steps = part.split("/", -1);
      String[] range = steps[0].split("-", -1);
      int step = steps.length > 1 ? Integer.parseInt(steps[1]) : 1;
      int first = steps[0].equals("*") ? Integer.MIN_VALUE : Integer.parseInt(range[0]);
      int last = range.length > 1 ? Integer.parseInt(range[1]) : first;
      if (first == Integer.MIN_VALUE ? value % step == 0 : value >= first && value <= last) {
        return true;
      }
    }
    return false;
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> minutes =
        Arbitraries.of("*", "0", "30", "*/15", "*/7", "0,29,31,59", "10-20", "44");
    Arbitrary<String> hours =
        Arbitraries.of("*", "*", "0", "1", "2", "3", "2-4", "0,2,23", "*/2", "*/5", "12");
    Arbitrary<String> days = Arbitraries.of("*", "*", "*", "1", "28-31", "29", "30,31");
    Arbitrary<String> months = Arbitraries.of("*", "*", "*", "3", "2,10", "4-12");
    Arbitrary<String> weekdays = Arbitraries.of("*", "*", "*", "7", "1-5", "6,7", "3");
    return Combinators.combine(minutes, hours, days, months, weekdays)
        .as((m, h, d, mo, w) -> String.join(" ", m, h, d, mo, w));
  }

  @Provide
  Arbitrary<String> changes() {
    return Arbitraries.of(CHANGES);
  }
}
