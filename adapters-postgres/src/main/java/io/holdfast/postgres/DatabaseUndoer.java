package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Undoer;

/** Ends what a killed restore of a database had begun. */
final class DatabaseUndoer implements Undoer {

  private final ClusterSettings settings;
  private final DatabaseSwap swap;

  DatabaseUndoer(ClusterSettings settings, Connections connections) {
    this.settings = settings;
    this.swap = new DatabaseSwap(connections);
  }

  @Override
  public boolean knows(Intent intent) {
    return intent instanceof Intent.SwapDatabase swapped
        && swapped.cluster().equals(settings.name());
  }

  @Override
  public String undo(Intent intent, Cancellation cancellation) {
    if (intent instanceof Intent.SwapDatabase swapped) {
      return "cluster " + settings.name() + ": " + swap.settle(swapped, cancellation);
    }
    throw new IllegalArgumentException("no database is swapped by " + intent);
  }
}
