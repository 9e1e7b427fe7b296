package io.holdfast.launcher.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * When what is run.
 *
 * @param zone whose clock counts
 * @param jitter by how much a run may come later than its time, so that a fleet does not come at
 *     once
 * @param catchUp true when what was missed while nothing was running is made good, once
 * @param entries in a fixed order, each command once; none when nothing is run
 */
public record ScheduleConfig(
    ZoneId zone, Duration jitter, boolean catchUp, List<ScheduleEntry> entries) {

  private static final Duration MOST_JITTER = Duration.ofDays(1);

  public ScheduleConfig {
    entries = List.copyOf(entries);
  }

  /** Nothing is. */
  static ScheduleConfig none(ZoneId zone) {
    return new ScheduleConfig(zone, Duration.ZERO, true, List.of());
  }

  /** The entry of a command. */
  public Optional<ScheduleEntry> entry(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  static ScheduleConfig read(Section section, ZoneId hostZone, ScheduleGrammar grammar) {
    ScheduleConfig schedule =
        new ScheduleConfig(
            section
                .parsed("zone", "a time zone such as Europe/Zurich", Lifecycle::zone)
                .orElse(hostZone),
            section
                .parsed(
                    "jitter", "a duration such as 90s or 5m, at most a day", text -> jitter(text))
                .orElse(Duration.ZERO),
            section.flag("catch-up").orElse(true),
            new ScheduleEntryReader(section, grammar).read());
    section.end();
    return schedule;
  }

  private static Optional<Duration> jitter(String text) {
    return DurationText.parse(text).filter(jitter -> jitter.compareTo(MOST_JITTER) <= 0);
  }
}
