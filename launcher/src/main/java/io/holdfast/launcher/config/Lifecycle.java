package io.holdfast.launcher.config;

import io.holdfast.application.history.RunHooks;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.recovery.Objectives;
import io.holdfast.domain.retention.RetentionPolicy;
import io.holdfast.operations.notification.Notifier;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of sets and runs over time.
 *
 * @param retention which sets are kept
 * @param pruneAfterBackup true when a backup that succeeded is followed by a prune
 * @param schedule when what is run
 * @param objectives what was promised
 * @param notifiers who is told of runs
 * @param metrics where Prometheus finds figures of them
 * @param hooks the operator's own programs around runs
 * @param drill how sets are drilled
 */
public record Lifecycle(
    RetentionPolicy retention,
    boolean pruneAfterBackup,
    ScheduleConfig schedule,
    Objectives objectives,
    List<Notifier> notifiers,
    Optional<MetricsConfig> metrics,
    Map<RunKind, RunHooks> hooks,
    DrillConfig drill) {
  public Lifecycle {
    notifiers = List.copyOf(notifiers);
    hooks = Map.copyOf(hooks);
  }

  /** Where sets are drilled as they are everywhere. */
  public Lifecycle(
      RetentionPolicy retention,
      boolean pruneAfterBackup,
      ScheduleConfig schedule,
      Objectives objectives,
      List<Notifier> notifiers,
      Optional<MetricsConfig> metrics,
      Map<RunKind, RunHooks> hooks) {
    this(
        retention,
        pruneAfterBackup,
        schedule,
        objectives,
        notifiers,
        metrics,
        hooks,
        DrillConfig.usual());
  }

  private static final int MOST_KEPT = 100_000;

  /** What holds where nothing is said. */
  public static Lifecycle usual(ZoneId zone) {
    return new Lifecycle(
        RetentionPolicy.usual(zone),
        true,
        ScheduleConfig.none(zone),
        Objectives.NONE,
        List.of(),
        Optional.empty(),
        Map.of());
  }

  static Lifecycle read(Section root, ZoneId hostZone, ScheduleGrammar grammar) {
    ScheduleConfig schedule =
        root.section("schedule", true)
            .map(section -> ScheduleConfig.read(section, hostZone, grammar))
            .orElseGet(() -> ScheduleConfig.none(hostZone));
    return new Lifecycle(
        root.section("retention", true)
            .map(section -> readRetention(section, schedule.zone()))
            .orElseGet(() -> RetentionPolicy.usual(schedule.zone())),
        root.parsed("prune", "after-backup or manual", Lifecycle::afterBackup).orElse(true),
        schedule,
        root.section("objectives", true).map(Lifecycle::readObjectives).orElse(Objectives.NONE),
        root.section("notifications", true).map(NotifierReader::read).orElse(List.of()),
        root.section("metrics", true).map(MetricsConfig::read),
        HooksReader.read(root),
        root.section("drill", true)
            .map(section -> DrillConfig.read(section, clusters(root)))
            .orElseGet(DrillConfig::usual));
  }

  private static Set<String> clusters(Section root) {
    return root.section("postgres", false).map(Section::keys).orElse(Set.of());
  }

  /** A number that is not said is the usual one: to forget a line must not delete sets. */
  private static RetentionPolicy readRetention(Section section, ZoneId zone) {
    RetentionPolicy usual = RetentionPolicy.usual(zone);
    RetentionPolicy policy =
        new RetentionPolicy(
            section.number("last", 0, MOST_KEPT).orElse(usual.last()),
            section.number("hourly", 0, MOST_KEPT).orElse(usual.hourly()),
            section.number("daily", 0, MOST_KEPT).orElse(usual.daily()),
            section.number("weekly", 0, MOST_KEPT).orElse(usual.weekly()),
            section.number("monthly", 0, MOST_KEPT).orElse(usual.monthly()),
            section.number("yearly", 0, MOST_KEPT).orElse(usual.yearly()),
            zone);
    section.end();
    return policy;
  }

  private static Objectives readObjectives(Section section) {
    Objectives objectives =
        new Objectives(
            section.parsed("rpo", DurationText.EXPECTED, Lifecycle::duration),
            section.parsed("rto", DurationText.EXPECTED, Lifecycle::duration));
    section.end();
    return objectives;
  }

  private static Optional<Boolean> afterBackup(String text) {
    return switch (text) {
      case "after-backup" -> Optional.of(true);
      case "manual" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Duration> duration(String text) {
    return DurationText.parse(text).filter(duration -> !duration.isZero());
  }

  static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException notAZone) {
      return Optional.empty();
    }
  }
}
