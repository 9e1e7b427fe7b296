package io.holdfast.storage.sftp;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a server. An interrupt does not tear a wait apart, since what the server is doing has
 * to be known to be cleaned up; it shortens the wait to a few seconds.
 */
final class Patience {

  /** Something that can be waited for, again and again. */
  @FunctionalInterface
  interface Awaited<T> {
    T get(long nanos) throws InterruptedException, TimeoutException, ExecutionException;
  }

  /**
   * A server that is there answers within this; an operator who has interrupted waits no longer.
   */
  private static final long AFTER_INTERRUPT = TimeUnit.SECONDS.toNanos(5);

  private Patience() {}

  /**
   * What is awaited.
   *
   * @throws ExecutionException when it failed
   * @throws LostException when it takes too long
   */
  static <T> T await(Awaited<T> awaited, long nanos) throws ExecutionException, LostException {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return awaited.get(Math.max(1, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
          deadline = Math.min(deadline, System.nanoTime() + AFTER_INTERRUPT);
        } catch (TimeoutException e) {
          if (System.nanoTime() - deadline < 0) {
            continue;
          }
          if (interrupted) {
            throw LostException.interrupted(e);
          }
          throw LostException.silent(
              "no answer for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " seconds");
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits before another try; false when the thread is interrupted. */
  static boolean pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
