package io.holdfast.podman.command;

import java.util.concurrent.TimeUnit;

/** Waits for helper threads, whatever interrupts the waiting one: a run leaves none behind. */
final class Joining {

  private Joining() {}

  static void join(Thread thread) {
    join(thread, 0);
  }

  /** Returns true when the thread has ended; zero waits without end. */
  static boolean join(Thread thread, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    try {
      while (thread.isAlive()) {
        long left = millis == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left < 0 || (millis > 0 && left == 0)) {
          return false;
        }
        try {
          thread.join(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
