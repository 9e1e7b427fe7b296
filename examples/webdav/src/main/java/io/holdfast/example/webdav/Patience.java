package io.holdfast.example.webdav;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits. A request that has begun is waited for whatever interrupts the thread, since only its
 * answer tells what came of it; an interrupted thread begins no second attempt.
 */
final class Patience {

  private Patience() {}

  /** Something that waits for a limited time. */
  @FunctionalInterface
  interface Wait<T, E extends Exception> {
    @Nullable T run() throws InterruptedException, E;
  }

  /** Waits anew when interrupted; the thread stays so. */
  static <T, E extends Exception> @Nullable T waitFor(Wait<T, E> wait) throws E {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return wait.run();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Sleeps about so long; false when the thread was interrupted and nothing shall be tried again.
   */
  static boolean pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
