package io.holdfast.launcher.config;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When what is run.
 *
 * @param zone whose clock counts
 * @param backup the cron expression of backups
 */
public record ScheduleConfig(ZoneId zone, Optional<String> backup) {

  /** Nothing is. */
  static ScheduleConfig none(ZoneId zone) {
    return new ScheduleConfig(zone, Optional.empty());
  }

  static ScheduleConfig read(Section section, ZoneId hostZone, Predicate<String> cron) {
    ScheduleConfig schedule =
        new ScheduleConfig(
            section
                .parsed("zone", "a time zone such as Europe/Zurich", Lifecycle::zone)
                .orElse(hostZone),
            section.parsed(
                "backup",
                "five cron fields such as \"0 2 * * *\"",
                text -> Optional.of(text).filter(cron)));
    section.end();
    return schedule;
  }
}
