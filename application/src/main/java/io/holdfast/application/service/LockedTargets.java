package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.SetId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The targets of a run, each locked for it, with the id of the set that it writes. Locks are taken
 * in the configured order, so that two runs that share targets cannot wait for each other.
 */
final class LockedTargets implements AutoCloseable {

  /** A look asks a target several times, so that a long wait looks less and less often. */
  private static final long POLL_MILLIS = 250;

  private static final long LONGEST_POLL_MILLIS = 5_000;

  private static final String BACKUP = "backup";
  private static final String COPY = "copy";

  private final SetId id;
  private final List<Entry> entries = new ArrayList<>();

  private LockedTargets(SetId id) {
    this.id = id;
  }

  /** The set's id: free on every target. */
  SetId id() {
    return id;
  }

  /** The targets, those that failed already among them. */
  List<TargetRun> runs() {
    return entries.stream().map(Entry::run).toList();
  }

  /** Takes every target out of the run whose lock is no longer ours. */
  void confirm() {
    for (Entry entry : entries) {
      try {
        if (entry.run.isAlive() && entry.lock.isPresent()) {
          entry.lock.get().confirm();
        }
      } catch (BusyFailure | StorageFailure failure) {
        entry.run.fail(failure);
      }
    }
  }

  /**
   * Returns while a target is in the run.
   *
   * @throws StorageFailure why each is not, when there is none
   * @throws BusyFailure the same where the locks of all are lost
   */
  void requireOne() {
    if (entries.stream().noneMatch(entry -> entry.run.isAlive())) {
      throw whyNone();
    }
  }

  private Failure whyNone() {
    List<Failure> reasons = runs().stream().flatMap(run -> run.failure().stream()).toList();
    if (reasons.size() == 1) {
      return reasons.get(0);
    }
    StringBuilder text = new StringBuilder("No target is left to take the set.");
    for (TargetRun run : runs()) {
      run.failure()
          .ifPresent(
              why ->
                  text.append("\n")
                      .append(run.target().name())
                      .append(": ")
                      .append(why.getMessage()));
    }
    String hints =
        reasons.stream()
            .map(Failure::hint)
            .filter(hint -> !hint.isEmpty())
            .distinct()
            .collect(Collectors.joining("\n"));
    Failure all =
        reasons.stream().allMatch(BusyFailure.class::isInstance)
            ? new BusyFailure(text.toString(), hints)
            : new StorageFailure(kindOf(reasons), text.toString(), hints);
    reasons.forEach(all::addSuppressed);
    return all;
  }

  private static FailureKind kindOf(List<Failure> reasons) {
    Set<FailureKind> kinds = reasons.stream().map(Failure::kind).collect(Collectors.toSet());
    return kinds.size() == 1 ? kinds.iterator().next() : FailureKind.STORAGE;
  }

  /** Lets go of every lock. */
  @Override
  public void close() {
    entries.forEach(entry -> entry.lock.ifPresent(TargetLocker.Locked::close));
  }

  /** A target and its lock, which one that failed at once may not have. */
  private record Entry(TargetRun run, Optional<TargetLocker.Locked> lock) {}

  /** Locks targets. */
  record Locker(List<SetCatalog> catalogs, TargetLocker locker, Clock clock, BackupEvents events) {

    /**
     * Locks every target, waiting for other runs no longer than asked. A target that fails is out
     * of the run. While it waits it holds no lock, and the set's id is that of the moment at which
     * the wait was over, so that ids order as what is in the sets does.
     *
     * @throws BusyFailure when another run holds one for longer
     * @throws StorageFailure when every target fails
     */
    LockedTargets lock(Duration wait, Cancellation cancellation) {
      return lock(Optional.empty(), wait, cancellation);
    }

    /**
     * Locks every target for the copy of a set, which may be there in part: what an earlier copy
     * has left of it stays.
     */
    LockedTargets lockForCopy(SetId id, Duration wait, Cancellation cancellation) {
      return lock(Optional.of(id), wait, cancellation);
    }

    private LockedTargets lock(Optional<SetId> copied, Duration wait, Cancellation cancellation) {
      Instant deadline = clock.instant().plus(wait);
      SetId id = copied.orElseGet(() -> new SetId(clock.instant()));
      boolean told = false;
      long poll = POLL_MILLIS;
      while (true) {
        cancellation.throwIfCancelled();
        try {
          Optional<LockedTargets> locked = tryLock(id, copied.isPresent());
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
          cancellation.awaitCancelled(poll);
          poll = Math.min(2 * poll, LONGEST_POLL_MILLIS);
          id = copied.orElseGet(() -> new SetId(clock.instant()));
        }
      }
    }

    /** Empty when the id is taken on one of the targets. */
    private Optional<LockedTargets> tryLock(SetId id, boolean copy) {
      LockedTargets locked = new LockedTargets(id);
      boolean keep = false;
      try {
        for (SetCatalog catalog : catalogs) {
          lock(catalog, id, copy, locked);
        }
        if (!copy && isTaken(id, locked)) {
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

    private void lock(SetCatalog catalog, SetId id, boolean copy, LockedTargets locked) {
      TargetRun run = new TargetRun(catalog.target(), catalog.begin(id));
      Optional<TargetLocker.Locked> lock = Optional.empty();
      try {
        lock = Optional.of(copy ? lockForCopy(run, catalog, id) : lockForBackup(run, catalog, id));
      } catch (StorageFailure failure) {
        run.fail(failure);
      }
      locked.entries.add(new Entry(run, lock));
      lock.ifPresent(held -> clean(run, held));
    }

    private TargetLocker.Locked lockForBackup(TargetRun run, SetCatalog catalog, SetId id) {
      return locker.lock(catalog, BACKUP, Optional.of(id), lost -> drop(run, lost));
    }

    /** Names no set that would go with it: what a copy leaves, the next one goes on with. */
    private TargetLocker.Locked lockForCopy(TargetRun run, SetCatalog catalog, SetId id) {
      return locker.lock(catalog, COPY + " " + id, Optional.empty(), lost -> drop(run, lost));
    }

    private void drop(TargetRun run, BusyFailure lost) {
      run.fail(lost);
      events.on(new BackupEvent.Problem(lost.getMessage()));
    }

    /** Under the lock nobody else writes, so what is unfinished was left by a dead run. */
    private static void clean(TargetRun run, TargetLocker.Locked lock) {
      run.lockedBy(lock);
      try {
        lock.clean();
      } catch (StorageFailure failure) {
        run.fail(failure);
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
  }
}
