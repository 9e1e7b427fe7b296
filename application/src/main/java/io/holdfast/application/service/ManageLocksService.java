package io.holdfast.application.service;

import io.holdfast.application.catalog.Aftermath;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ManageLocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the locks of targets, and clears those of the dead; one target hides no other. */
final class ManageLocksService implements ManageLocks {

  private static final String COMMAND = "locks";

  private final List<SetCatalog> catalogs;
  private final TargetLocker locker;

  ManageLocksService(List<SetCatalog> catalogs, TargetLocker locker) {
    this.catalogs = catalogs;
    this.locker = locker;
  }

  @Override
  public Report show(Optional<String> target) {
    return each(target, this::look);
  }

  @Override
  public Report clear(Optional<String> target, boolean force) {
    return each(target, catalog -> clear(catalog, force));
  }

  private Report each(Optional<String> target, Function<SetCatalog, TargetLock> work) {
    List<TargetLock> locks = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (SetCatalog catalog : SetFinder.named(catalogs, target)) {
      try {
        locks.add(work.apply(catalog));
      } catch (BusyFailure | StorageFailure failure) {
        failures.add(failure);
      }
    }
    return new Report(locks, failures);
  }

  private TargetLock look(SetCatalog catalog) {
    return locker.lockOf(catalog.target()).look(locker.host());
  }

  /** A lock that is free may have left claims and heartbeats beside it. */
  private TargetLock clear(SetCatalog catalog, boolean force) {
    TargetLock seen = look(catalog);
    boolean clears =
        switch (seen.state()) {
          case GONE, EXPIRED -> true;
          case FREE -> !locker.lockOf(catalog.target()).isUntouched();
          case ALIVE, UNREADABLE -> force;
        };
    if (!clears) {
      return seen;
    }
    try (TargetLocker.Locked lock = take(catalog, force)) {
      Aftermath aftermath = lock.clean();
      return new TargetLock(
          seen.target(),
          seen.location(),
          seen.state(),
          seen.holder(),
          seen.lastHeartbeat(),
          seen.expires(),
          Optional.of(new Cleared(aftermath.removed(), aftermath.left())));
    }
  }

  /** Nothing is published under this lock, so that its loss would change nothing. */
  private TargetLocker.Locked take(SetCatalog catalog, boolean force) {
    return force
        ? locker.seize(catalog, COMMAND, lost -> {})
        : locker.lock(catalog, COMMAND, Optional.empty(), lost -> {});
  }
}
