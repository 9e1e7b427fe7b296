package io.holdfast.launcher.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a report tells them: in the zone of the schedule. */
record ReportTimes(ZoneId zone) {

  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

  /** {@code 6 Oct}. */
  String shortDay(Instant at) {
    return SHORT.format(at.atZone(zone));
  }

  /** {@code 6 Oct 2025}. */
  String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /** {@code 6 Oct 2025 02:00}. */
  String minute(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  /** {@code 6 Oct}. */
  static String day(LocalDate date) {
    return SHORT.format(date);
  }

  /** {@code 6 Oct 2025}. */
  static String longDay(LocalDate date) {
    return DAY.format(date);
  }
}
