package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Reads a target's own clock, which may be far from this host's, off a blob written for it. */
final class TargetClock {

  private static final String LOOK = SetLayout.CONTROL_FOLDER + "/locks/clock-";

  /** Whoever takes a lock cleans its folder once. */
  private static final int LOOKS = 3;

  private TargetClock() {}

  /**
   * What the clock shows. A holder of the lock that cleans up may remove the blob that is looked
   * at; then another look is taken.
   */
  static Instant now(BlobStore store) {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return look(store);
      } catch (StorageFailure failure) {
        if (failure.kind() != FailureKind.NOT_FOUND) {
          throw failure;
        }
      }
    }
    return look(store);
  }

  private static Instant look(BlobStore store) {
    try (Look look = new Look(store, new BlobKey(LOOK + UUID.randomUUID()))) {
      SmallBlob.write(store, look.key, "now\n".getBytes(StandardCharsets.UTF_8));
      return store.stat(look.key).modified();
    }
  }

  /** A blob that goes away however the look at its time ends. */
  private record Look(BlobStore store, BlobKey key) implements AutoCloseable {
    @Override
    public void close() {
      store.delete(key);
    }
  }
}
