package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.Failure;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A set that is being read, marked so that nobody deletes it meanwhile, with a heartbeat of its
 * own. Reading needs no right to write: where the mark cannot be kept up, that is told once, and
 * tried again. One that is left by a killed run expires.
 */
public final class Reading implements AutoCloseable {

  /** Whoever cleans up after dead runs may stop a writer that was begun just then. */
  private static final int TRIES = 2;

  private final Beats beats;
  private final Consumer<Failure> trouble;
  private final AtomicBoolean told = new AtomicBoolean();
  private final Heartbeat heartbeat;

  /**
   * Marks the set.
   *
   * @param target its name
   * @param trouble told why the mark could not be written or removed, maybe in another thread
   */
  Reading(Beats beats, LockTerms terms, String target, Consumer<Failure> trouble) {
    this.beats = beats;
    this.trouble = trouble;
    mark();
    this.heartbeat = Heartbeat.of(this::beat, terms, target, lost -> {});
  }

  private void mark() {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        beats.write();
        return;
      } catch (Failure failure) {
        if (attempt == TRIES) {
          tell(failure);
        }
      }
    }
  }

  private void beat() {
    try {
      beats.write();
      beats.removeOld();
    } catch (Failure failure) {
      tell(failure);
      throw failure;
    }
  }

  private void tell(Failure failure) {
    if (told.compareAndSet(false, true)) {
      trouble.accept(failure);
    }
  }

  /** Removes the mark. What cannot be removed expires. */
  @Override
  public void close() {
    heartbeat.close();
    try {
      beats.removeAll();
    } catch (Failure failure) {
      tell(failure);
    }
  }
}
