package io.holdfast.application.service;

import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one target's lock up, in a thread of its own: a target that hangs stops no other's
 * heartbeats, and no run from ending. One that fails is tried again until the lock is lost.
 */
final class Heartbeat implements AutoCloseable {

  /** How long a heartbeat under way may take when the lock is let go. */
  private static final long PATIENCE_MILLIS = 3_000;

  private final RepositoryLock.Held lock;
  private final LockTerms terms;
  private final Consumer<BusyFailure> lost;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  private Heartbeat(
      RepositoryLock.Held lock, LockTerms terms, String target, Consumer<BusyFailure> lost) {
    this.lock = lock;
    this.terms = terms;
    this.lost = lost;
    this.thread = new Thread(this::run, "heartbeat-" + target);
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param target whose lock it is, for the thread's name
   * @param lost told at most once, in the heartbeat's thread, that the lock is lost
   */
  static Heartbeat of(
      RepositoryLock.Held lock, LockTerms terms, String target, Consumer<BusyFailure> lost) {
    Heartbeat heartbeat = new Heartbeat(lock, terms, target, lost);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    Duration pause = terms.beat();
    @Nullable Failure before = null;
    while (!endsWithin(pause)) {
      try {
        lock.beat();
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
