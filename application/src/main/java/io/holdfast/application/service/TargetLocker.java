package io.holdfast.application.service;

import io.holdfast.application.catalog.Aftermath;
import io.holdfast.application.catalog.Fence;
import io.holdfast.application.catalog.Heartbeat;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Locks one target for a command: takes the lock, keeps it up, and removes what dead runs left
 * there, for everything that writes.
 *
 * @param presence who takes the locks
 */
record TargetLocker(MetadataCodec codec, Presence presence, BackupEvents events) {

  /**
   * Takes the lock. What the target refuses after that is the caller's to see: {@link Locked#clean}
   * comes next.
   *
   * @param command what for: {@code backup}
   * @param set the set that will be written, which goes when this run dies before it is published
   * @param lost told in another thread that the lock is lost
   * @throws BusyFailure when another run holds it
   * @throws io.holdfast.application.port.failure.StorageFailure when the target fails
   */
  Locked lock(SetCatalog catalog, String command, Optional<SetId> set, Consumer<BusyFailure> lost) {
    return kept(catalog, lockOf(catalog.target()).acquire(presence.self(command, set)), lost);
  }

  /** The same, even from a holder that seems to be alive. */
  Locked seize(SetCatalog catalog, String command, Consumer<BusyFailure> lost) {
    return kept(
        catalog, lockOf(catalog.target()).seize(presence.self(command, Optional.empty())), lost);
  }

  RepositoryLock lockOf(Target target) {
    return new RepositoryLock(target, codec, presence.processes(), presence.terms());
  }

  SetMarks marksOf(Target target) {
    return new SetMarks(target, codec, presence);
  }

  String host() {
    return presence.host();
  }

  private Locked kept(SetCatalog catalog, RepositoryLock.Held held, Consumer<BusyFailure> lost) {
    return new Locked(
        catalog,
        marksOf(catalog.target()),
        held,
        Heartbeat.of(held::beat, presence.terms(), catalog.target().name(), lost),
        events);
  }

  /** A target that is locked, and kept so until it is closed. */
  record Locked(
      SetCatalog catalog,
      SetMarks marks,
      RepositoryLock.Held held,
      Heartbeat heartbeat,
      BackupEvents events)
      implements Fence, AutoCloseable {

    /** Removes what dead runs left, and tells of it. */
    Aftermath clean() {
      Aftermath aftermath = held.clean(catalog);
      aftermath.removed().forEach(marks::forget);
      aftermath.told(catalog).forEach(told -> events.on(new BackupEvent.Warning(told)));
      return aftermath;
    }

    @Override
    public void confirm() {
      held.confirm();
    }

    /** Lets go. A lock that cannot be removed dies with this process, and is told. */
    @Override
    public void close() {
      heartbeat.close();
      try {
        held.close();
      } catch (Failure failure) {
        events.on(
            new BackupEvent.Warning(
                "The lock on target "
                    + catalog.target().name()
                    + " could not be removed: "
                    + failure.getMessage()));
      }
    }
  }
}
