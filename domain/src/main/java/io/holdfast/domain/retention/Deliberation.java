package io.holdfast.domain.retention;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions about sets of one scope, among all those that have what they have. A set of one
 * database is no reason to let go of a set of everything, however new it is; a set of everything
 * does for one of a single database.
 */
final class Deliberation {

  /**
   * How far a set may be ahead of the clock without a word. A taken id moves on to the next free
   * second, so that the sets of a few quick runs in a row are a few seconds ahead of their time;
   * and clocks are set right by parts of a second. No period is so short that it matters.
   */
  static final Duration TOLERANCE = Duration.ofSeconds(10);

  /** How old a set is that nobody has published, when nobody will. */
  static final Duration ABANDONED = Duration.ofDays(1);

  private final RetentionPolicy policy;
  private final List<KeptSet> newestFirst;
  private final Instant now;
  private final Optional<SetId> newestWhole;
  private final Map<SetId, List<Reason.Rule>> rules;

  private Deliberation(RetentionPolicy policy, List<KeptSet> newestFirst, Instant now) {
    this.policy = policy;
    this.newestFirst = newestFirst;
    this.now = now;
    this.newestWhole = newestFirst.stream().filter(KeptSet::isWhole).map(KeptSet::id).findFirst();
    this.rules = places();
  }

  static RetentionPlan plan(RetentionPolicy policy, List<KeptSet> sets, Instant now) {
    List<KeptSet> newestFirst =
        sets.stream().sorted(Comparator.comparing(KeptSet::id).reversed()).toList();
    Instant latest = now.plus(TOLERANCE);
    List<SetId> future =
        newestFirst.stream()
            .filter(set -> set.standing() != Standing.FOREIGN)
            .map(KeptSet::id)
            .filter(id -> id.begun().isAfter(latest))
            .toList();
    if (!future.isEmpty()) {
      return new RetentionPlan.Refused(future, now);
    }
    Map<SetScope, Deliberation> byScope = new HashMap<>();
    List<Decision> decisions = new ArrayList<>();
    for (KeptSet set : newestFirst) {
      decisions.add(
          byScope
              .computeIfAbsent(
                  set.scope(), scope -> new Deliberation(policy, covering(scope, newestFirst), now))
              .decide(set));
    }
    return new RetentionPlan.Decided(decisions);
  }

  private static List<KeptSet> covering(SetScope scope, List<KeptSet> sets) {
    return sets.stream().filter(set -> set.scope().covers(scope)).toList();
  }

  /**
   * The places of rules that sets take, or would take if they were whole. A period may be seen
   * again further back, since clocks that are put back shortly after midnight show the day before
   * once more; it has its set by then.
   */
  private Map<SetId, List<Reason.Rule>> places() {
    Map<SetId, List<Reason.Rule>> places = new HashMap<>();
    Map<Period, Set<Object>> filled = new HashMap<>();
    for (KeptSet set : newestFirst) {
      if (set.standing() == Standing.COMPLETE) {
        ZonedDateTime time = set.id().begun().atZone(policy.zone());
        List<Reason.Rule> free = new ArrayList<>();
        for (Period period : Period.values()) {
          Set<Object> periods = filled.computeIfAbsent(period, unused -> new HashSet<>());
          Object own = period.of(time);
          if (periods.size() < policy.count(period) && !periods.contains(own)) {
            free.add(new Reason.Rule(period, periods.size() + 1, policy.count(period)));
          }
          if (set.isWhole()) {
            periods.add(own);
          }
        }
        places.put(set.id(), free);
      }
    }
    return places;
  }

  private Decision decide(KeptSet set) {
    List<Reason> keeping = new ArrayList<>();
    if (newestWhole.equals(Optional.of(set.id()))) {
      keeping.add(Reason.Plain.NEWEST_COMPLETE);
    }
    if (set.pinned()) {
      keeping.add(Reason.Plain.PINNED);
    }
    if (set.inUse()) {
      keeping.add(Reason.Plain.IN_USE);
    }
    Decision own = decideByStanding(set);
    if (keeping.isEmpty()) {
      return own;
    }
    if (own.kept()) {
      keeping.addAll(own.reasons());
    }
    return new Decision(set, true, keeping);
  }

  private Decision decideByStanding(KeptSet set) {
    return switch (set.standing()) {
      case COMPLETE -> set.damaged() ? damaged(set) : whole(set);
      case PARTIAL -> partial(set);
      case HANDMADE -> kept(set, Reason.Plain.HANDMADE);
      case UNREADABLE -> kept(set, Reason.Plain.UNREADABLE);
      case FOREIGN -> kept(set, Reason.Plain.FOREIGN);
      case INCOMPLETE -> incomplete(set);
      case HALF_DELETED -> goes(set, Reason.Plain.HALF_DELETED);
    };
  }

  private Decision whole(KeptSet set) {
    List<Reason.Rule> places = rules.getOrDefault(set.id(), List.of());
    return places.isEmpty()
        ? goes(set, Reason.Plain.NO_RULE)
        : new Decision(set, true, List.copyOf(places));
  }

  private Decision damaged(KeptSet set) {
    if (!isSuperseded(set)) {
      return kept(set, Reason.Plain.DAMAGED_NEWEST);
    }
    List<Reason.Rule> places = rules.getOrDefault(set.id(), List.of());
    return places.isEmpty()
        ? goes(set, new Reason.Superseded(newestWhole.get(), true))
        : new Decision(set, true, places.stream().<Reason>map(Reason.IfWhole::new).toList());
  }

  private Decision partial(KeptSet set) {
    return isSuperseded(set)
        ? goes(set, new Reason.Superseded(newestWhole.get(), false))
        : kept(set, Reason.Plain.PARTIAL_NEWEST);
  }

  private Decision incomplete(KeptSet set) {
    Instant until = set.id().begun().plus(ABANDONED);
    return until.isAfter(now)
        ? kept(set, new Reason.Unfinished(until))
        : goes(set, Reason.Plain.ABANDONED);
  }

  private boolean isSuperseded(KeptSet set) {
    return newestWhole.filter(newest -> newest.begun().isAfter(set.id().begun())).isPresent();
  }

  private static Decision kept(KeptSet set, Reason why) {
    return new Decision(set, true, List.of(why));
  }

  private static Decision goes(KeptSet set, Reason why) {
    return new Decision(set, false, List.of(why));
  }
}
