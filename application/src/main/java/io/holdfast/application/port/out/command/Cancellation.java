package io.holdfast.application.port.out.command;

import io.holdfast.application.port.failure.InterruptedFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells work that it shall end: once cancelled it stays so. Whoever blocks on something that an
 * interrupt does not reach (a child process, a socket) registers what ends it. Safe for use by
 * several threads.
 */
public final class Cancellation {

  private final Set<Registration> registrations = new LinkedHashSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean cancelled;

  /** A scope of its own that is also cancelled when this one is; close it when the work is done. */
  public Child child() {
    Cancellation scope = new Cancellation();
    return new Child(scope, onCancel(scope::cancel));
  }

  /** Ends all that is registered. Later registrations are ended at once. */
  public void cancel() {
    List<Registration> toEnd;
    synchronized (registrations) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toEnd = List.copyOf(registrations);
      ended.countDown();
    }
    for (Registration registration : toEnd) {
      registration.action.run();
    }
  }

  /**
   * Registers what ends a piece of work; runs it at once when cancelled already.
   *
   * @param action must return soon and not throw
   * @return to be closed when the work is done
   */
  public Registration onCancel(Runnable action) {
    Registration registration = new Registration(this, action);
    boolean late;
    synchronized (registrations) {
      late = cancelled;
      if (!late) {
        registrations.add(registration);
      }
    }
    if (late) {
      action.run();
    }
    return registration;
  }

  /** True once cancelled. */
  public boolean isCancelled() {
    synchronized (registrations) {
      return cancelled;
    }
  }

  /**
   * Returns while not cancelled.
   *
   * @throws InterruptedFailure once cancelled
   */
  public void throwIfCancelled() {
    if (isCancelled()) {
      throw new InterruptedFailure("The run was interrupted.", "");
    }
  }

  /**
   * Waits until cancelled, at most so long. For a child that died of a signal: a Ctrl-C reaches it
   * a moment before it reaches us.
   *
   * @return true when cancelled
   */
  public boolean awaitCancelled(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isCancelled();
    }
  }

  /** A registered ending of some work. */
  public static final class Registration implements AutoCloseable {
    private final Cancellation owner;
    private final Runnable action;

    private Registration(Cancellation owner, Runnable action) {
      this.owner = owner;
      this.action = action;
    }

    @Override
    public void close() {
      synchronized (owner.registrations) {
        owner.registrations.remove(this);
      }
    }
  }

  /**
   * A scope below another.
   *
   * @param scope the scope
   * @param link its tie to the one above
   */
  public record Child(Cancellation scope, Registration link) implements AutoCloseable {
    @Override
    public void close() {
      link.close();
    }
  }
}
