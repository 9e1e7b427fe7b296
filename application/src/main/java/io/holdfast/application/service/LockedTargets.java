package io.holdfast.application.service;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.SetId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The targets of a run, each locked for it, with the id of the set that it writes. Locks are taken
 * in the configured order, so that two runs that share targets cannot wait for each other.
 */
final class LockedTargets implements AutoCloseable {

  private static final long POLL_MILLIS = 250;

  private final SetId id;
  private final BackupEvents events;
  private final List<Entry> entries = new ArrayList<>();

  private LockedTargets(SetId id, BackupEvents events) {
    this.id = id;
    this.events = events;
  }

  /** The set's id: free on every target. */
  SetId id() {
    return id;
  }

  /** The targets, those that failed already among them. */
  List<TargetRun> runs() {
    return entries.stream().map(Entry::run).toList();
  }

  /**
   * Returns while every target that is in the run is still locked for it; one that is not is taken
   * out.
   */
  void confirm() {
    for (Entry entry : entries) {
      try {
        if (entry.run.isAlive() && entry.lock.isPresent()) {
          entry.lock.get().confirm();
        }
      } catch (StorageFailure failure) {
        entry.run.fail(failure);
      }
    }
  }

  /** Lets go of every lock. One that cannot be let go of dies with this process, and is told. */
  @Override
  public void close() {
    for (Entry entry : entries) {
      try {
        entry.lock.ifPresent(RepositoryLock.Held::close);
      } catch (Failure failure) {
        events.on(
            new BackupEvent.Warning(
                "The lock on target "
                    + entry.run.target().name()
                    + " could not be removed: "
                    + failure.getMessage()));
      }
    }
  }

  /** A target and its lock. */
  private record Entry(TargetRun run, Optional<RepositoryLock.Held> lock) {}

  /** Locks targets. */
  record Locker(
      List<SetCatalog> catalogs,
      MetadataCodec codec,
      ProcessTable processes,
      String host,
      Clock clock,
      BackupEvents events) {

    /**
     * Locks every target, waiting for other runs no longer than asked. A target that fails is out
     * of the run. While it waits it holds no lock, and the set's id is that of the moment at which
     * the wait was over, so that ids order as what is in the sets does.
     *
     * @throws BusyFailure when another run holds one for longer
     * @throws StorageFailure when every target fails
     */
    LockedTargets lock(Duration wait, Cancellation cancellation) {
      Instant deadline = clock.instant().plus(wait);
      SetId id = new SetId(clock.instant());
      boolean told = false;
      while (true) {
        cancellation.throwIfCancelled();
        try {
          Optional<LockedTargets> locked = tryLock(id);
          if (locked.isPresent()) {
            return locked.get();
          }
          id = id.next();
        } catch (BusyFailure busy) {
          if (!clock.instant().isBefore(deadline)) {
            throw busy;
          }
          if (!told) {
            events.on(new BackupEvent.Note("Waiting: " + busy.getMessage()));
            told = true;
          }
          cancellation.awaitCancelled(POLL_MILLIS);
          id = new SetId(clock.instant());
        }
      }
    }

    /** Empty when the id is taken on one of the targets. */
    private Optional<LockedTargets> tryLock(SetId id) {
      LockedTargets locked = new LockedTargets(id, events);
      boolean keep = false;
      try {
        for (SetCatalog catalog : catalogs) {
          locked.entries.add(lock(catalog, id));
        }
        if (isTaken(id, locked)) {
          return Optional.empty();
        }
        locked.requireOne();
        keep = true;
        return Optional.of(locked);
      } finally {
        if (!keep) {
          locked.close();
        }
      }
    }

    private Entry lock(SetCatalog catalog, SetId id) {
      TargetRun run = new TargetRun(catalog.target(), catalog.begin(id));
      try {
        RepositoryLock lock = new RepositoryLock(catalog.target(), codec, processes);
        return cleaned(catalog, run, lock.acquire(self(id)));
      } catch (StorageFailure failure) {
        run.fail(failure);
        return new Entry(run, Optional.empty());
      }
    }

    /** Under the lock nobody else writes, so what is unfinished was left by a killed run. */
    private Entry cleaned(SetCatalog catalog, TargetRun run, RepositoryLock.Held held) {
      try {
        held.abandoned().flatMap(LockHolder::set).ifPresent(id -> clear(catalog, id));
        catalog.target().store().clearAbandoned();
      } catch (StorageFailure failure) {
        run.fail(failure);
      }
      return new Entry(run, Optional.of(held));
    }

    private void clear(SetCatalog catalog, SetId id) {
      if (catalog.clearUnfinished(id)) {
        events.on(
            new BackupEvent.Warning(
                "Removed the unfinished set "
                    + id
                    + " of a run that was killed, at "
                    + catalog.set(id).location()
                    + "."));
      }
    }

    private boolean isTaken(SetId id, LockedTargets locked) {
      for (int i = 0; i < catalogs.size(); i++) {
        TargetRun run = locked.entries.get(i).run;
        try {
          if (run.isAlive() && catalogs.get(i).isTaken(id)) {
            return true;
          }
        } catch (StorageFailure failure) {
          run.fail(failure);
        }
      }
      return false;
    }

    private LockHolder self(SetId id) {
      long pid = processes.self();
      return new LockHolder(
          UUID.randomUUID().toString(),
          host,
          pid,
          processes.markOf(pid).orElse(""),
          clock.instant(),
          "backup",
          Optional.of(id));
    }
  }

  private void requireOne() {
    if (entries.stream().noneMatch(entry -> entry.run.isAlive())) {
      throw entries.get(0).run.failure().orElseThrow();
    }
  }
}
