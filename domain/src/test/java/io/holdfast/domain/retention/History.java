package io.holdfast.domain.retention;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What runs have left on a target after years of things going right and wrong.
 *
 * @param policy the rules
 * @param sets what is there
 * @param now the host's time at the end
 */
record History(RetentionPolicy policy, List<KeptSet> sets, Instant now) {

  /** Put back by an hour, by half an hour, at midnight, a minute after it; put forward by a day. */
  static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Zurich",
          "America/New_York",
          "Australia/Lord_Howe",
          "Asia/Beirut",
          "America/St_Johns",
          "America/Havana",
          "Pacific/Apia",
          "Asia/Kathmandu",
          "Pacific/Kiritimati");

  private static final List<Standing> STANDINGS = List.of(Standing.values());

  private static final Set<ArtifactKind> DATABASES = Set.of(ArtifactKind.DATABASE);

  static final List<SetScope> SCOPES =
      List.of(
          SetScope.WHOLE,
          new SetScope(DATABASES, List.of()),
          new SetScope(DATABASES, List.of("orders")),
          new SetScope(DATABASES, List.of("orders", "shop")),
          new SetScope(SetScope.WHOLE.kinds(), List.of("shop")));

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(20),
          Duration.ofHours(1),
          Duration.ofHours(7),
          Duration.ofDays(1),
          Duration.ofDays(9));

  /**
   * Years of runs, more or less, by chance.
   *
   * @param most how many sets at most
   */
  static History of(Random random, int most) {
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Duration step = STEPS.get(random.nextInt(STEPS.size()));
    int runs = random.nextInt(most);
    Instant time = beginning(random, zone, step.multipliedBy(runs / 2));
    Duration ahead = Duration.ZERO;
    TreeMap<SetId, KeptSet> sets = new TreeMap<>();
    for (int i = 0; i < runs; i++) {
      time = time.plus(step).plusSeconds(random.nextInt(90));
      if (random.nextInt(40) == 0) {
        time = time.plus(step.multipliedBy(random.nextInt(50)));
      }
      ahead = jump(random, ahead);
      SetId id = new SetId(time.plus(ahead));
      while (sets.containsKey(id)) {
        id = id.next();
      }
      sets.put(id, set(random, id));
    }
    Instant now = time.plus(ahead).plusSeconds(random.nextInt(200) - 30L);
    return new History(policy(random, zone), List.copyOf(sets.values()), now);
  }

  /** Often so that the clocks are changed in the middle of it, or a leap day comes. */
  private static Instant beginning(Random random, ZoneId zone, Duration before) {
    Instant any = Instant.parse("1990-01-01T00:00:00Z").plusSeconds(random.nextInt(1_400_000_000));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return switch (random.nextInt(4)) {
      case 0 -> any;
      case 1 -> Instant.parse("2024-02-28T12:00:00Z").minus(before);
      default -> (change == null ? any : change.getInstant()).minus(before);
    };
  }

  private static Duration jump(Random random, Duration ahead) {
    return switch (random.nextInt(400)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofDays(random.nextInt(800));
      case 2 -> Duration.ofMinutes(random.nextInt(300) - 150);
      default -> ahead;
    };
  }

  private static KeptSet set(Random random, SetId id) {
    Standing standing =
        random.nextInt(4) == 0
            ? STANDINGS.get(random.nextInt(STANDINGS.size()))
            : Standing.COMPLETE;
    return new KeptSet(
        id,
        standing,
        random.nextInt(50) == 0,
        random.nextInt(50) == 0,
        random.nextInt(12) == 0,
        random.nextInt(1000),
        SCOPES.get(random.nextInt(3) == 0 ? random.nextInt(SCOPES.size()) : 0));
  }

  static RetentionPolicy policy(Random random, ZoneId zone) {
    if (random.nextInt(5) == 0) {
      return RetentionPolicy.usual(zone);
    }
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      numbers.add(random.nextBoolean() ? 0 : random.nextInt(30));
    }
    return new RetentionPolicy(
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4),
        numbers.get(5),
        zone);
  }
}
