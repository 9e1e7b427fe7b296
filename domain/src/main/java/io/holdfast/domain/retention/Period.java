package io.holdfast.domain.retention;

import java.time.DayOfWeek;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The kinds of periods that rules keep a set of. */
public enum Period {
  /** No period: each set for itself. */
  LAST,
  /** An hour as clocks on the wall show it. */
  HOURLY,
  /** A calendar day. */
  DAILY,
  /** An ISO week: from Monday on. */
  WEEKLY,
  /** A calendar month. */
  MONTHLY,
  /** A calendar year. */
  YEARLY;

  /**
   * Names the period that a time lies in; equal for all times in it and unlike any other's. Hours
   * have their offset with them: the hour that is shown twice when summer time ends is two hours,
   * with an hour's work in each. Nothing longer needs it, since such a day is one day.
   */
  Object of(ZonedDateTime time) {
    return switch (this) {
      case LAST -> time.toInstant();
      case HOURLY -> time.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS);
      case DAILY -> time.toLocalDate();
      case WEEKLY -> time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> YearMonth.from(time);
      case YEARLY -> Year.from(time);
    };
  }

  /** As the configuration calls it: {@code daily}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
