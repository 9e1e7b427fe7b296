package io.holdfast.domain.retention;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules once more, written for nothing but to be read: each set is held against every other,
 * and periods are the texts that a calendar shows.
 */
record SlowReference(
    RetentionPolicy policy, List<KeptSet> sets, Instant now, Map<String, String> calendar) {

  SlowReference(RetentionPolicy policy, List<KeptSet> sets, Instant now) {
    this(policy, sets, now, new HashMap<>());
  }

  private static String shown(KeptSet set, String pattern, ZoneId zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.GERMANY)
        .format(set.id().begun().atZone(zone));
  }

  private String period(KeptSet set, String rule) {
    return calendar.computeIfAbsent(rule + set.id(), unused -> lookUp(set, rule));
  }

  private String lookUp(KeptSet set, String rule) {
    return switch (rule) {
      case "last" -> set.id().toString();
      case "hourly" -> shown(set, "uuuu-MM-dd HH xxxxx", policy.zone());
      case "daily" -> shown(set, "uuuu-MM-dd", policy.zone());
      // Germany's weeks are those of ISO 8601.
      case "weekly" -> shown(set, "YYYY-'W'ww", policy.zone());
      case "monthly" -> shown(set, "uuuu-MM", policy.zone());
      case "yearly" -> shown(set, "uuuu", policy.zone());
      default -> throw new AssertionError(rule);
    };
  }

  private int number(String rule) {
    return switch (rule) {
      case "last" -> policy.last();
      case "hourly" -> policy.hourly();
      case "daily" -> policy.daily();
      case "weekly" -> policy.weekly();
      case "monthly" -> policy.monthly();
      case "yearly" -> policy.yearly();
      default -> throw new AssertionError(rule);
    };
  }

  /** The rules' words for a set: {@code "daily 3 of 7"}. */
  private Set<String> rules(KeptSet set, List<KeptSet> counted) {
    Set<String> words = new TreeSet<>();
    for (String rule : List.of("last", "hourly", "daily", "weekly", "monthly", "yearly")) {
      Set<String> newerPeriods =
          counted.stream()
              .filter(other -> isNewer(other, set))
              .map(other -> period(other, rule))
              .collect(Collectors.toSet());
      boolean isNewestOfItsPeriod = !newerPeriods.contains(period(set, rule));
      if (isNewestOfItsPeriod && newerPeriods.size() < number(rule)) {
        words.add(rule + " " + (newerPeriods.size() + 1) + " of " + number(rule));
      }
    }
    return words;
  }

  private static boolean isNewer(KeptSet one, KeptSet than) {
    return one.id().begun().isAfter(than.id().begun());
  }

  /** The whole sets that have all that one has. */
  private List<KeptSet> whole(KeptSet than) {
    return sets.stream()
        .filter(set -> hasAllOf(set.scope(), than.scope()))
        .filter(set -> set.standing() == Standing.COMPLETE && !set.damaged())
        .toList();
  }

  /** By what there would be in each, had the host three databases and two volumes. */
  private static boolean hasAllOf(SetScope one, SetScope other) {
    return things(one).containsAll(things(other));
  }

  private static Set<ArtifactId> things(SetScope scope) {
    return Stream.of(
            ArtifactId.database("main", "orders"),
            ArtifactId.database("main", "shop"),
            ArtifactId.database("main", "more"),
            ArtifactId.volume("shop"),
            ArtifactId.volume("more"))
        .filter(scope::covers)
        .collect(Collectors.toSet());
  }

  /** What rules say of a set that is whole. */
  Set<String> rulesOf(KeptSet set) {
    return whole(set).contains(set) ? rules(set, whole(set)) : Set.of();
  }

  boolean goes(KeptSet set) {
    boolean isDispensable = whole(set).stream().anyMatch(other -> isNewer(other, set));
    boolean wouldBeKept = !rules(set, whole(set)).isEmpty();
    boolean ruledOut =
        switch (set.standing()) {
          case COMPLETE -> isDispensable && !wouldBeKept;
          case PARTIAL -> isDispensable;
          case INCOMPLETE ->
              Duration.between(set.id().begun(), now).compareTo(Duration.ofHours(24)) >= 0;
          case HALF_DELETED -> true;
          case HANDMADE, UNREADABLE, FOREIGN -> false;
        };
    return ruledOut && !set.pinned() && !set.inUse();
  }

  List<KeptSet> future() {
    return sets.stream()
        .filter(set -> set.standing() != Standing.FOREIGN)
        .filter(set -> Duration.between(now, set.id().begun()).toMillis() > 10_000)
        .toList();
  }
}
