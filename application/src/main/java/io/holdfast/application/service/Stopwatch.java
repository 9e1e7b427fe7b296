package io.holdfast.application.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells how long something has taken so far. */
final class Stopwatch {

  private final InstantSource clock;
  private final Instant begun;

  Stopwatch(InstantSource clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** Never negative, though a clock may be set back. */
  Duration time() {
    Duration time = Duration.between(begun, clock.instant());
    return time.isNegative() ? Duration.ZERO : time;
  }
}
