package io.holdfast.operations.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/** The times of a cron expression by a clock that is never changed. */
final class LocalTimes {

  /** The 29th of February comes after eight years at the latest. */
  private static final int YEARS = 9;

  private final CronFields fields;

  LocalTimes(CronFields fields) {
    this.fields = fields;
  }

  Optional<LocalDateTime> after(LocalDateTime moment) {
    LocalDate first = moment.toLocalDate();
    LocalDate end = first.plusYears(YEARS);
    for (LocalDate date = first; date.isBefore(end); date = date.plusDays(1)) {
      if (fields.contains(date)) {
        Optional<LocalDateTime> time = firstOf(date, moment);
        if (time.isPresent()) {
          return time;
        }
      }
    }
    return Optional.empty();
  }

  Optional<LocalDateTime> upTo(LocalDateTime moment) {
    LocalDate last = moment.toLocalDate();
    LocalDate end = last.minusYears(YEARS);
    for (LocalDate date = last; date.isAfter(end); date = date.minusDays(1)) {
      if (fields.contains(date)) {
        Optional<LocalDateTime> time = lastOf(date, moment);
        if (time.isPresent()) {
          return time;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<LocalDateTime> firstOf(LocalDate date, LocalDateTime after) {
    for (int hour : fields.hours()) {
      if (date.atTime(hour, 59).isAfter(after)) {
        for (int minute : fields.minutes()) {
          LocalDateTime time = date.atTime(LocalTime.of(hour, minute));
          if (time.isAfter(after)) {
            return Optional.of(time);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<LocalDateTime> lastOf(LocalDate date, LocalDateTime upTo) {
    for (int hour : fields.hours().descendingSet()) {
      if (!date.atTime(hour, 0).isAfter(upTo)) {
        for (int minute : fields.minutes().descendingSet()) {
          LocalDateTime time = date.atTime(LocalTime.of(hour, minute));
          if (!time.isAfter(upTo)) {
            return Optional.of(time);
          }
        }
      }
    }
    return Optional.empty();
  }
}
