package io.holdfast.operations.notification;

import java.time.Duration;

/**
 * How long a notifier is waited for.
 *
 * @param tries how often it is tried, at most
 * @param pause between the first try and the second; each further one is twice as long
 * @param total the longest that all tries take together
 */
record Patience(int tries, Duration pause, Duration total) {

  /** At the end of a run: nothing else waits for it. */
  static final Patience USUAL = new Patience(3, Duration.ofSeconds(1), Duration.ofSeconds(20));

  /** At its beginning: the run waits for it. */
  static final Patience SHORT = new Patience(2, Duration.ofSeconds(1), Duration.ofSeconds(6));

  Duration pauseAfter(int attempt) {
    return pause.multipliedBy(1L << (attempt - 1));
  }
}
