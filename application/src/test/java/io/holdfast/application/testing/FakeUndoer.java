package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Undoer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Undoes intents of one sort by remembering them. */
public final class FakeUndoer implements Undoer {

  private final Class<? extends Intent> sort;
  private final List<Intent> undone = new CopyOnWriteArrayList<>();
  private volatile Optional<Failure> failure = Optional.empty();
  private volatile Runnable meanwhile = () -> {};

  public FakeUndoer(Class<? extends Intent> sort) {
    this.sort = sort;
  }

  /** Fails from now on. */
  public void fail(Failure with) {
    failure = Optional.of(with);
  }

  /** Does something else while it undoes. */
  public void meanwhile(Runnable action) {
    meanwhile = action;
  }

  /** What was undone, in order. */
  public List<Intent> undone() {
    return undone;
  }

  @Override
  public boolean knows(Intent intent) {
    return sort.isInstance(intent);
  }

  @Override
  public String undo(Intent intent, Cancellation cancellation) {
    meanwhile.run();
    if (failure.isPresent()) {
      throw failure.get();
    }
    undone.add(intent);
    return "undid " + intent;
  }
}
