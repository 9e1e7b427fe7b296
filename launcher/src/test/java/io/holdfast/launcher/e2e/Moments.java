package io.holdfast.launcher.e2e;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Random moments of a run, the seed of which is printed so that they can be had again. */
final class Moments {

  private final Random random;
  private final long nanos;

  /** Moments of something that took this long when nobody disturbed it. */
  Moments(String what, long nanos) {
    long seed = Long.getLong("holdfast.e2e.seed", System.nanoTime());
    this.random = new Random(seed);
    this.nanos = nanos;
    System.out.printf(
        "%s: moments within %d ms, -Dholdfast.e2e.seed=%d%n",
        what, TimeUnit.NANOSECONDS.toMillis(nanos), seed);
  }

  /** Kills a run's whole process group at the next moment; false when it had ended before. */
  boolean killWithin(Running run) {
    // The virtual machine takes a while to start; the first fifth holds nothing of interest.
    long moment = (long) (nanos * (0.2 + 0.8 * random.nextDouble()));
    try {
      if (run.process().waitFor(moment, TimeUnit.NANOSECONDS)) {
        return false;
      }
      run.signalGroup("KILL");
      run.process().waitFor();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
