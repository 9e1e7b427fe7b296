package io.holdfast.launcher;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a command when the process is told to end (Ctrl-C, SIGTERM): cancels it and keeps the
 * process alive, for a while, until it has cleaned up. The JVM then exits with 128 and the signal's
 * number.
 */
final class InterruptHook {

  private static final int PATIENCE_SECONDS = 30;

  private final Cancellation cancellation = new Cancellation();
  private final AtomicBoolean mustCleanUp = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable whenImpatient;

  private InterruptHook(Runnable whenImpatient) {
    this.whenImpatient = whenImpatient;
  }

  /**
   * Begins to listen.
   *
   * @param whenImpatient is run when the command has not cleaned up in time
   */
  static InterruptHook install(Runnable whenImpatient) {
    InterruptHook hook = new InterruptHook(whenImpatient);
    Runtime.getRuntime().addShutdownHook(new Thread(hook::onShutdown, "interrupt"));
    return hook;
  }

  /** What tells a command to end; from now on the process waits for its clean-up. */
  Cancellation cancellation() {
    mustCleanUp.set(true);
    return cancellation;
  }

  /** The command has ended and cleaned up. */
  void ended() {
    ended.countDown();
  }

  private void onShutdown() {
    if (ended.getCount() == 0) {
      return;
    }
    cancellation.cancel();
    if (!mustCleanUp.get()) {
      return;
    }
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        whenImpatient.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
