package io.holdfast.domain.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * By how much runs come later than their times, so that a fleet does not come at once: by another
 * amount on each host and each time, but always the same for the same.
 *
 * @param most by how much at most; never so much that a run comes near the next one's time
 * @param seed what sets this host apart, such as its name
 */
public record Jitter(Duration most, String seed) {

  /** Every run comes at its time. */
  public static final Jitter NONE = new Jitter(Duration.ZERO, "");

  Instant after(Entry entry, Instant time) {
    if (most.isZero()) {
      return time;
    }
    long seconds =
        entry
            .times()
            .after(time)
            .map(next -> Duration.between(time, next).dividedBy(2))
            .filter(half -> half.compareTo(most) < 0)
            .orElse(most)
            .toSeconds();
    long number = scattered(31L * seed.hashCode() + entry.name().hashCode(), time);
    return time.plusSeconds(Math.floorMod(number, seconds + 1));
  }

  /** Neighbours in, strangers out: the finalizer of SplitMix64. */
  private static long scattered(long number, Instant time) {
    long z = number * 0x9E3779B97F4A7C15L + time.getEpochSecond();
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
