package io.holdfast.launcher.config;

import java.time.ZoneId;
import java.util.Optional;

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

  static ScheduleConfig read(Section section, ZoneId hostZone) {
    ScheduleConfig schedule =
        new ScheduleConfig(
            section
                .parsed("zone", "a time zone such as Europe/Zurich", Lifecycle::zone)
                .orElse(hostZone),
            section.parsed(
                "backup", "five cron fields such as \"0 2 * * *\"", ScheduleConfig::cron));
    section.end();
    return schedule;
  }

  private static Optional<String> cron(String text) {
    String field = "[\\dA-Za-z*/,?#-]+";
    return text.strip().matches(field + "(\\s+" + field + "){4}")
        ? Optional.of(text)
        : Optional.empty();
  }
}
