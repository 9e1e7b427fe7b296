package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.contract.ScratchFolder;
import io.holdfast.application.port.out.store.LockHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what killed runs left on a target. */
final class TargetTidying {

  private final TargetLocker locker;
  private final ScratchNames names;

  TargetTidying(TargetLocker locker, ScratchNames names) {
    this.locker = locker;
    this.names = names;
  }

  /**
   * Tidies, holding the target's lock no longer than that takes.
   *
   * @return what was removed, a sentence each
   * @throws io.holdfast.application.port.failure.BusyFailure when another run is at work there
   */
  List<String> tidy(SetCatalog catalog, String command) {
    try (TargetLocker.Locked locked = locker.lock(catalog, command, Optional.empty(), lost -> {})) {
      return tidy(locked);
    }
  }

  /** Tidies under a lock that is held already. */
  List<String> tidy(TargetLocker.Locked locked) {
    List<String> removed = new ArrayList<>();
    locked.held().abandoned().ifPresent(dead -> removed.add(removed(dead)));
    removed.addAll(locked.held().clean(locked.catalog()).told(locked.catalog()));
    int folders = ScratchFolder.removeAbandoned(locked.catalog().target().store(), names::isInUse);
    if (folders > 0) {
      removed.add("Removed what a trial of the target left that was killed.");
    }
    return removed;
  }

  private static String removed(LockHolder dead) {
    return "Removed the lock of holdfast "
        + dead.command()
        + ", process "
        + dead.pid()
        + " on "
        + dead.host()
        + ", held since "
        + dead.since()
        + " and kept up no more.";
  }
}
