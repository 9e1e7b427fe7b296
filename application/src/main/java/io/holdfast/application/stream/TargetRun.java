package io.holdfast.application.stream;

import io.holdfast.application.catalog.Fence;
import io.holdfast.application.catalog.SetDraft;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A target in the course of one run. One that fails once is out of the run, and the others go on.
 * Safe for use by several threads.
 */
public final class TargetRun {

  private final Target target;
  private final SetDraft draft;
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
  private final Cancellation out = new Cancellation();
  private volatile Fence lock = () -> {};

  public TargetRun(Target target, SetDraft draft) {
    this.target = target;
    this.draft = draft;
  }

  /** The target. */
  public Target target() {
    return target;
  }

  /** The set that is being written to it. */
  public SetDraft draft() {
    return draft;
  }

  /** Tells by what the target is locked for this run. */
  public void lockedBy(Fence fence) {
    lock = fence;
  }

  /** What keeps the set from being published once the target's lock is lost. */
  public Fence lock() {
    return lock;
  }

  /**
   * Takes the target out of the run; the first reason counts, later ones are added to it. A lost
   * lock is the reason of what fails because of it: whoever took it has removed what this run was
   * writing. It is looked for before anybody sees a reason, so that all see the same one.
   */
  public void fail(Failure reason) {
    Failure found = failure.get() == null ? whyTruly(reason) : reason;
    Failure first = failure.compareAndExchange(null, found);
    if (first != null && first != reason && first != found) {
      first.addSuppressed(reason);
    }
    out.cancel();
  }

  /** A target that cannot be reached is not asked: that would only hold the others up. */
  private Failure whyTruly(Failure reason) {
    if (!(reason instanceof StorageFailure) || reason.kind().isTemporary()) {
      return reason;
    }
    try {
      lock.confirm();
    } catch (BusyFailure lost) {
      lost.addSuppressed(reason);
      return lost;
    } catch (Failure unknown) {
      reason.addSuppressed(unknown);
    }
    return reason;
  }

  /**
   * Registers what ends a piece of work once the target is out of the run; runs it at once when it
   * is already.
   *
   * @return to be closed when the work is done
   */
  Cancellation.Registration whenOut(Runnable action) {
    return out.onCancel(action);
  }

  /** Why it is out of the run; empty while it is in. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** True while it is in the run. */
  public boolean isAlive() {
    return failure.get() == null;
  }
}
