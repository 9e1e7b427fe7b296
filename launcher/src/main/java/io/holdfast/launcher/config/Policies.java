package io.holdfast.launcher.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of the configuration that this version checks for their shape and does not act on yet:
 * a file that has them must work now and later.
 */
final class Policies {

  private static final List<String> RETENTION_KEYS =
      List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");
  private static final int MOST_KEPT = 100_000;

  private Policies() {}

  /** Checks them; returns a remark for each that is there. */
  static List<String> check(Section root) {
    List<String> remarks = new ArrayList<>();
    root.section("retention", true)
        .ifPresent(
            section -> {
              RETENTION_KEYS.forEach(key -> section.number(key, 0, MOST_KEPT));
              section.end();
              remarks.add(
                  "retention is accepted, but this version does not prune: no set is"
                      + " deleted until you delete it");
            });
    root.section("schedule", true)
        .ifPresent(
            section -> {
              section.parsed("backup", "five cron fields such as \"0 2 * * *\"", Policies::cron);
              section.parsed("zone", "a time zone such as Europe/Zurich", Policies::zone);
              section.end();
              remarks.add(
                  "schedule is accepted, but this version does not schedule: start"
                      + " `holdfast backup` from cron or a systemd timer");
            });
    root.section("objectives", true)
        .ifPresent(
            section -> {
              section.parsed("rpo", DurationText.EXPECTED, Policies::duration);
              section.parsed("rto", DurationText.EXPECTED, Policies::duration);
              section.end();
              remarks.add("objectives are accepted, but this version does not watch them");
            });
    return remarks;
  }

  private static Optional<Duration> duration(String text) {
    return DurationText.parse(text).filter(duration -> !duration.isZero());
  }

  private static Optional<String> cron(String text) {
    String field = "[\\dA-Za-z*/,?#-]+";
    return text.strip().matches(field + "(\\s+" + field + "){4}")
        ? Optional.of(text)
        : Optional.empty();
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException notAZone) {
      return Optional.empty();
    }
  }
}
