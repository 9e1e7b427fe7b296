package io.holdfast.podman.command;

import io.holdfast.application.port.out.command.Cancellation;
import java.time.Duration;

/**
 * How a child is ended that shall not go on.
 *
 * @param alone true when the child alone is asked, because it ends by itself what it has started
 * @param grace how long it may take before it is killed with all that it has started
 * @param hurry ends the grace
 */
public record Ending(boolean alone, Duration grace, Cancellation hurry) {

  /** Of a program that has nothing to clean up. */
  static final Ending SOON = new Ending(false, Duration.ofSeconds(2), new Cancellation());

  /** Of a program that cleans up after itself, and is given the time for it. */
  public static Ending orderly(Duration grace, Cancellation hurry) {
    return new Ending(true, grace, hurry);
  }
}
