package io.holdfast.application.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on by one step each time that it is asked. */
public final class SteppingClock extends Clock {

  private final Duration step;
  private Instant now;

  /** Begins at a moment. */
  public SteppingClock(Instant start, Duration step) {
    this.now = start;
    this.step = step;
  }

  @Override
  public synchronized Instant instant() {
    Instant told = now;
    now = now.plus(step);
    return told;
  }

  /** Lets some time pass. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("always UTC");
  }
}
