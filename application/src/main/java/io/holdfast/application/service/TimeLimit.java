package io.holdfast.application.service;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends work that takes too long. */
final class TimeLimit {

  private TimeLimit() {}

  /** Work that ends when its scope is cancelled. */
  @FunctionalInterface
  interface Work<T> {
    T run(Cancellation scope) throws IOException;
  }

  /** Work was still under way when its time was over. */
  static final class LateException extends Exception {
    private static final long serialVersionUID = 1L;

    private LateException(InterruptedFailure ended) {
      super(ended);
    }
  }

  /**
   * Runs work.
   *
   * @throws LateException when it was ended for its time
   * @throws InterruptedFailure when it was ended from outside
   */
  static <T> T run(Duration limit, Cancellation cancellation, Work<T> work)
      throws IOException, LateException {
    AtomicBoolean late = new AtomicBoolean();
    try (Cancellation.Child child = cancellation.child()) {
      Cancellation scope = child.scope();
      Thread watch =
          new Thread(
              () -> {
                if (!scope.awaitCancelled(limit.toMillis())) {
                  late.set(true);
                  scope.cancel();
                }
              },
              "time-limit");
      watch.setDaemon(true);
      watch.start();
      try {
        return work.run(scope);
      } finally {
        scope.cancel();
      }
    } catch (InterruptedFailure ended) {
      if (cancellation.isCancelled() || !late.get()) {
        throw ended;
      }
      throw new LateException(ended);
    }
  }
}
