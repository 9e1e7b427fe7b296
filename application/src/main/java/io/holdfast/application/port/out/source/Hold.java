package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.Set;

/** Keeps containers still while what they write to is read. */
public interface Hold {

  /**
   * Pauses running containers, after writing down what to undo if Holdfast is killed. Containers
   * that do not run are left alone.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when one cannot be paused; those
   *     that were are released
   */
  Held hold(Set<String> containers, Cancellation cancellation);

  /** Containers that are held. */
  interface Held extends AutoCloseable {

    /**
     * Lets them go on. May be called again.
     *
     * @throws io.holdfast.application.port.failure.SourceFailure when one does not go on
     */
    @Override
    void close();
  }
}
