package io.holdfast.domain.trend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the sets of a target grow.
 *
 * @param sets their sizes, the newest first
 */
public record SizeTrend(List<SetSize> sets) {

  /** Of more sets, the newest tell how they grow. */
  static final int RECENT = 100;

  private static final int LEAST = 3;
  private static final double SECONDS_A_DAY = 86_400;
  private static final int LONGEST_DAYS = 3_650;

  /**
   * Takes sets in any order.
   *
   * @param sets their sizes
   */
  public SizeTrend {
    sets = sets.stream().sorted(Comparator.comparing(SetSize::id).reversed()).toList();
  }

  /** The newest set's size. */
  public OptionalLong newest() {
    return sets.stream().mapToLong(SetSize::bytes).findFirst();
  }

  /** The median of the sets before it; empty with fewer than three. */
  public OptionalLong usual() {
    List<Long> before =
        sets.stream().skip(1).limit(ArtifactTrend.WINDOW).map(SetSize::bytes).toList();
    return before.size() < LEAST ? OptionalLong.empty() : OptionalLong.of(Median.of(before));
  }

  /**
   * By how many bytes a day a set is larger than the one before: the median of the slopes between
   * any two, which a few odd sets do not move. Empty with fewer than three sets, or less than a day
   * between the first and the last.
   */
  public OptionalDouble bytesPerDay() {
    List<SetSize> recent = recent();
    if (recent.size() < LEAST || days(recent) < 1) {
      return OptionalDouble.empty();
    }
    List<Double> slopes = new ArrayList<>();
    for (int older = 1; older < recent.size(); older++) {
      for (int newer = 0; newer < older; newer++) {
        slopes.add(slope(recent.get(newer), recent.get(older)));
      }
    }
    return OptionalDouble.of(Median.ofSlopes(slopes));
  }

  /**
   * When a target is full if sets go on to come and to grow as they did. Rough: sets come at an
   * even pace until as many are kept as the retention keeps at most, and from then on they only
   * grow.
   *
   * @param freeBytes what is left
   * @param keptAtMost how many sets the retention keeps; empty when nothing is ever pruned
   * @return whole days; empty when that cannot be told, or is more than ten years off
   */
  public Optional<Duration> fullIn(long freeBytes, OptionalLong keptAtMost) {
    OptionalDouble growth = bytesPerDay();
    if (growth.isEmpty()) {
      return Optional.empty();
    }
    double grows = Math.max(0, growth.getAsDouble());
    double perDay = (recent().size() - 1) / days(recent());
    double most = Math.max(sets.size(), keptAtMost.orElse(Long.MAX_VALUE));
    for (int day = 1; day <= LONGEST_DAYS; day++) {
      double held = Math.min(most, sets.size() + perDay * day);
      double added = (held - sets.size()) * typical() + held * grows * day;
      if (added > freeBytes) {
        return Optional.of(Duration.ofDays(day));
      }
    }
    return Optional.empty();
  }

  private List<SetSize> recent() {
    return sets.subList(0, Math.min(sets.size(), RECENT));
  }

  private static double days(List<SetSize> newestFirst) {
    return days(newestFirst.get(0), newestFirst.get(newestFirst.size() - 1));
  }

  private double typical() {
    return Median.of(sets.stream().limit(ArtifactTrend.WINDOW).map(SetSize::bytes).toList());
  }

  private static double slope(SetSize newer, SetSize older) {
    return (newer.bytes() - older.bytes()) / days(newer, older);
  }

  /** Ids differ by a second at least. */
  private static double days(SetSize newer, SetSize older) {
    return Duration.between(older.id().begun(), newer.id().begun()).toSeconds() / SECONDS_A_DAY;
  }
}
