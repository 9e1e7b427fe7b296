package io.holdfast.domain.recovery;

import io.holdfast.domain.trend.Median;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long a host is down when it has to be restored: what was measured, and what follows from that
 * for its newest set.
 *
 * @param measurements restores that were carried through, the newest first
 * @param newestBytes how much has to be read to bring all of the host back: of the newest set that
 *     has all of it, or of those of each kind; empty when there is none
 * @param objective how long it may take
 */
public record RecoveryTime(
    List<Measurement> measurements, OptionalLong newestBytes, Optional<Duration> objective) {

  /** So many of the newest measurements make the projection. */
  public static final int WINDOW = 7;

  /** What was measured on less than a tenth says nothing: what always takes the same is in it. */
  public static final long MOST_SCALED = 10;

  private static final long LARGE_ENOUGH = 2;
  private static final int LEAST = 3;

  /**
   * Takes measurements in any order.
   *
   * @param measurements see above
   */
  public RecoveryTime {
    measurements =
        measurements.stream().sorted(Comparator.comparing(Measurement::at).reversed()).toList();
  }

  /** How the measurements stand to the objective. */
  public enum Standing {
    /** No objective says how long a restore may take. */
    NONE,
    /** No restore was measured yet. */
    NEVER_MEASURED,
    /** The newest measurement or the projection is over it. */
    MISSED,
    /**
     * As far as can be told it is met, but nothing half as large as the newest set was measured.
     */
    SMALLER,
    /** Both are within it. */
    MET
  }

  /** The newest measurement. */
  public Optional<Measurement> newest() {
    return measurements.stream().findFirst();
  }

  /** The largest of the measurements that make the projection, or of all where there is none. */
  public OptionalLong largestBytes() {
    List<Measurement> told = basis().isEmpty() ? measurements : basis();
    return told.stream().mapToLong(Measurement::bytes).max();
  }

  /**
   * The measurements that make the projection: the newest few that were of at least a tenth of the
   * newest set.
   */
  public List<Measurement> basis() {
    return measurements.stream()
        .filter(each -> newestBytes.orElse(0) / MOST_SCALED <= each.bytes())
        .limit(WINDOW)
        .toList();
  }

  /**
   * How long the newest set would take: the median of what each measurement of the {@link #basis}
   * would have taken for as many bytes, and no less than it did take.
   */
  public Optional<Duration> projected() {
    List<Measurement> basis = basis();
    if (basis.isEmpty() || newestBytes.isEmpty()) {
      return Optional.empty();
    }
    long bytes = newestBytes.getAsLong();
    return Optional.of(
        Duration.ofMillis(
            Median.of(basis.stream().map(each -> each.scaledTo(bytes).toMillis()).toList())));
  }

  /**
   * The newest measurement's bytes per second beside the median of those before it: 0.5 is half as
   * fast as usual. Empty with fewer than three before it.
   */
  public OptionalDouble pace() {
    List<Long> before =
        measurements.stream()
            .skip(1)
            .limit(WINDOW)
            .map(each -> Math.round(each.bytesPerSecond()))
            .toList();
    return before.size() < LEAST
        ? OptionalDouble.empty()
        : OptionalDouble.of(measurements.get(0).bytesPerSecond() / Math.max(1, Median.of(before)));
  }

  /** How it stands to the objective. */
  public Standing standing() {
    if (objective.isEmpty()) {
      return Standing.NONE;
    }
    if (measurements.isEmpty()) {
      return Standing.NEVER_MEASURED;
    }
    if (isOver(newest()) || projected().filter(this::isOver).isPresent()) {
      return Standing.MISSED;
    }
    return largestBytes().orElse(0) * LARGE_ENOUGH < newestBytes.orElse(0)
        ? Standing.SMALLER
        : Standing.MET;
  }

  private boolean isOver(Optional<Measurement> measurement) {
    return measurement.map(Measurement::took).filter(this::isOver).isPresent();
  }

  private boolean isOver(Duration time) {
    return time.compareTo(objective.orElse(time)) > 0;
  }
}
