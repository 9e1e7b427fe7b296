package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;

/** Keeps containers still while what they write to is read. */
public interface Hold {

  /**
   * Pauses or stops a running container, after writing down what to undo if Holdfast is killed. One
   * that does not run is left alone. Others may be let go meanwhile, by other threads.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot be held; it goes on
   */
  Held hold(String container, Cancellation cancellation);

  /** A container that is held. */
  interface Held extends AutoCloseable {

    /**
     * Lets it go on. May be called again.
     *
     * @throws io.holdfast.application.port.failure.SourceFailure when it does not go on
     */
    @Override
    void close();
  }
}
