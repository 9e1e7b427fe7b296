package io.holdfast.application.service;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.contract.ScratchFolder;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what killed runs left on a target. */
final class TargetTidying {

  private final TargetLocks locks;
  private final ScratchNames names;

  TargetTidying(TargetLocks locks, ScratchNames names) {
    this.locks = locks;
    this.names = names;
  }

  /**
   * Tidies, holding the target's lock no longer than that takes.
   *
   * @return what was removed, a sentence each
   * @throws io.holdfast.application.port.failure.BusyFailure when another run is at work there
   */
  List<String> tidy(SetCatalog catalog, String command) {
    try (RepositoryLock.Held held = locks.acquire(catalog.target(), command)) {
      return tidy(catalog, held);
    }
  }

  /** Tidies under a lock that is held already. */
  List<String> tidy(SetCatalog catalog, RepositoryLock.Held held) {
    BlobStore store = catalog.target().store();
    List<String> removed = new ArrayList<>();
    held.abandoned().ifPresent(dead -> removed.add(removed(catalog, dead)));
    store.clearAbandoned();
    int folders = ScratchFolder.removeAbandoned(store, names::isInUse);
    if (folders > 0) {
      removed.add("Removed what a trial of the target left that was killed.");
    }
    return removed;
  }

  private static String removed(SetCatalog catalog, LockHolder dead) {
    String run =
        "holdfast " + dead.command() + ", process " + dead.pid() + ", killed since " + dead.since();
    Optional<String> set =
        dead.set()
            .filter(catalog::clearUnfinished)
            .map(id -> " and its unfinished set " + id + ", at " + catalog.set(id).location());
    return "Removed the lock of " + run + set.orElse("") + ".";
  }
}
