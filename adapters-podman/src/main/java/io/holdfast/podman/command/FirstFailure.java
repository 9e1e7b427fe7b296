package io.holdfast.podman.command;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What failed first among several threads; what fails in its wake is added to it. */
final class FirstFailure {

  private @Nullable Throwable first;

  synchronized void note(Throwable thrown) {
    if (first == null) {
      first = thrown;
    } else if (first != thrown) {
      first.addSuppressed(thrown);
    }
  }

  synchronized Optional<Throwable> first() {
    return Optional.ofNullable(first);
  }

  /** Throws what was noted as it was thrown: readers and writers throw IOException or unchecked. */
  void rethrow() throws IOException {
    Throwable thrown = first().orElse(null);
    if (thrown instanceof IOException io) {
      throw io;
    }
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }
}
