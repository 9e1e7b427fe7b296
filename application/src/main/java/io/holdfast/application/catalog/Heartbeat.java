package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a lock or mark on one target up, in a thread of its own: a target that hangs stops no
 * other's heartbeats, and no run from ending. One that fails is tried again until the lock is lost.
 */
public final class Heartbeat implements AutoCloseable {

  /** How long a heartbeat under way may take when the lock is let go. */
  private static final long PATIENCE_MILLIS = 3_000;

  private final Runnable beat;
  private final LockTerms terms;
  private final Consumer<BusyFailure> lost;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  private Heartbeat(Runnable beat, LockTerms terms, String target, Consumer<BusyFailure> lost) {
    this.beat = beat;
    this.terms = terms;
    this.lost = lost;
    this.thread = new Thread(this::run, "heartbeat-" + target);
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param beat gives one; throws {@link BusyFailure} when the lock is lost, any other failure to
   *     be called again soon
   * @param target whose lock it is, for the thread's name
   * @param lost told at most once, in the heartbeat's thread, that the lock is lost
   */
  public static Heartbeat of(
      Runnable beat, LockTerms terms, String target, Consumer<BusyFailure> lost) {
    Heartbeat heartbeat = new Heartbeat(beat, terms, target, lost);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    Duration pause = terms.beat();
    @Nullable Failure before = null;
    while (!endsWithin(pause)) {
      try {
        beat.run();
        before = null;
        pause = terms.beat();
      } catch (BusyFailure gone) {
        if (before != null) {
          gone.addSuppressed(before);
        }
        lost.accept(gone);
        return;
      } catch (Failure failed) {
        before = failed;
        pause = terms.retry();
      }
    }
  }

  private boolean endsWithin(Duration pause) {
    try {
      return ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException closed) {
      return true;
    }
  }

  /** Ends it, and waits for a heartbeat under way, but not for ever. */
  @Override
  public void close() {
    ended.countDown();
    if (!joined()) {
      thread.interrupt();
      joined();
    }
  }

  private boolean joined() {
    try {
      thread.join(PATIENCE_MILLIS);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
