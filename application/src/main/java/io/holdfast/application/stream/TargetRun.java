package io.holdfast.application.stream;

import io.holdfast.application.catalog.SetDraft;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.Failure;
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

  /** Takes the target out of the run; the first reason counts, later ones are added to it. */
  public void fail(Failure reason) {
    Failure first = failure.compareAndExchange(null, reason);
    if (first != null && first != reason) {
      first.addSuppressed(reason);
    }
    out.cancel();
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
