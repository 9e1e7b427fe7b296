package io.holdfast.application.service;

import io.holdfast.application.contract.ScratchFolder;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Compares a target's clock with this host's: by when it says that a blob was committed. */
final class ClockComparison {

  /** A difference below this one is a slow line, or a clock that counts in seconds. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private static final String PART = "clock";

  private final BlobStore store;
  private final String scratchName;
  private final Clock clock;

  ClockComparison(BlobStore store, String scratchName, Clock clock) {
    this.store = store;
    this.scratchName = scratchName;
    this.clock = clock;
  }

  /** By how much it is ahead or behind, in words; empty when it is hardly. */
  Optional<String> difference() {
    ScratchFolder scratch = new ScratchFolder(store, scratchName);
    try {
      return words(scratch.lend(PART));
    } finally {
      scratch.clear();
    }
  }

  private Optional<String> words(BlobStore place) {
    BlobKey key = new BlobKey("blob");
    Instant before = clock.instant();
    write(place, key);
    Instant after = clock.instant();
    Instant told = place.stat(key).modified();
    if (Duration.between(told, before).compareTo(TOLERATED) > 0) {
      return Optional.of(describe(Duration.between(told, before)) + " behind");
    }
    if (Duration.between(after, told).compareTo(TOLERATED) > 0) {
      return Optional.of(describe(Duration.between(after, told)) + " ahead of");
    }
    return Optional.empty();
  }

  private static void write(BlobStore place, BlobKey key) {
    try (BlobWriter writer = place.create(key)) {
      writer.body().write(1);
      writer.commit();
    } catch (IOException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Cannot write to " + place.location() + ": " + e.getMessage(),
          "",
          e);
    }
  }

  private static String describe(Duration difference) {
    long seconds = difference.toSeconds();
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }
}
