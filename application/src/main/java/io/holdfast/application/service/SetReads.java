package io.holdfast.application.service;

import io.holdfast.application.catalog.Reading;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.domain.backup.SetId;
import java.util.Optional;

/**
 * Finds sets that are to be read, and marks them on their target so that no prune of any host
 * deletes them meanwhile. A mark that cannot be written keeps nobody from reading.
 */
record SetReads(SetFinder finder, TargetLocker locker, BackupEvents events) {

  /** A set that is deleted between being found and being marked is looked for again. */
  private static final int LOOKS = 3;

  /**
   * Finds a set and marks it, unless it lies at a path. One that is not published is not marked.
   *
   * @param command what for: {@code restore}
   * @throws IntegrityFailure when there is none
   */
  Open open(SetSelector selector, String command) {
    for (int look = 0; look < LOOKS; look++) {
      SetFinder.Located found = finder.locate(selector);
      Optional<SetId> id = SetId.parse(found.set().name());
      if (found.catalog().isEmpty() || id.isEmpty() || !found.set().isPublished()) {
        return new Open(found.set(), found.catalog(), Optional.empty());
      }
      Optional<Reading> reading = mark(found.catalog().get(), id.get(), command);
      if (reading.isPresent()) {
        return new Open(found.set(), found.catalog(), reading);
      }
    }
    throw new IntegrityFailure(
        "Each set that was found was deleted before it could be read.",
        "Another run is pruning the target; try again.");
  }

  /** Marks a set; empty when it is not published (any more). */
  Optional<Reading> mark(SetCatalog catalog, SetId id, String command) {
    Reading reading =
        locker
            .marksOf(catalog.target())
            .reading(command, id, failure -> events.on(unmarked(catalog, id, failure)));
    boolean keep = false;
    try {
      keep = catalog.set(id).isPublished();
      return keep ? Optional.of(reading) : Optional.empty();
    } finally {
      if (!keep) {
        reading.close();
      }
    }
  }

  private static BackupEvent unmarked(SetCatalog catalog, SetId id, Failure failure) {
    return new BackupEvent.Detail(
        "That set "
            + id
            + " on target "
            + catalog.target().name()
            + " is being read could not be marked there, so a prune of another run may delete it: "
            + failure.getMessage());
  }

  /**
   * A set to be read.
   *
   * @param catalog where it was found, unless it lies at a path
   * @param reading its mark
   */
  record Open(StoredSet set, Optional<SetCatalog> catalog, Optional<Reading> reading)
      implements AutoCloseable {
    @Override
    public void close() {
      reading.ifPresent(Reading::close);
    }
  }
}
