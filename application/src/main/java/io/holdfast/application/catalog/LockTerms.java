package io.holdfast.application.catalog;

import java.time.Duration;

/**
 * How a repository's lock is kept up.
 *
 * @param beat how often its holder gives a heartbeat
 * @param expiry how long after the last one it counts as abandoned
 */
public record LockTerms(Duration beat, Duration expiry) {

  /** Ten heartbeats may fail before a lock is lost. */
  public static final LockTerms DEFAULT =
      new LockTerms(Duration.ofMinutes(1), Duration.ofMinutes(10));

  private static final int TRIES_IN_A_BEAT = 6;
  private static final int BEATS_AT_LEAST = 3;

  /**
   * @throws IllegalArgumentException when one missed heartbeat would already cost the lock
   */
  public LockTerms {
    if (beat.isNegative()
        || beat.isZero()
        || beat.multipliedBy(BEATS_AT_LEAST).compareTo(expiry) > 0) {
      throw new IllegalArgumentException(
          "a lock that expires after " + expiry + " cannot beat every " + beat);
    }
  }

  /** How soon a heartbeat that failed is tried again. */
  public Duration retry() {
    return beat.dividedBy(TRIES_IN_A_BEAT);
  }

  /**
   * How long after its last heartbeat the holder itself goes on: shorter than others wait, so that
   * it has stopped by the time at which they begin.
   */
  public Duration trust() {
    return expiry.minus(beat);
  }
}
