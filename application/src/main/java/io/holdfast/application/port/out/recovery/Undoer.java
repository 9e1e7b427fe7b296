package io.holdfast.application.port.out.recovery;

import io.holdfast.application.port.out.command.Cancellation;

/** Undoes or ends what a killed run had begun. */
public interface Undoer {

  /** True when it knows intents like this one. */
  boolean knows(Intent intent);

  /**
   * Brings the host to where it was before the intent, or to where the intent led when that was
   * reached. May be called again for the same intent.
   *
   * @return what was done, for people
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot now; the entry stays
   */
  String undo(Intent intent, Cancellation cancellation);
}
