package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.contract.Contract;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import java.util.List;
import java.util.Optional;

/** Runs the contract of stores on a target. */
final class VerifyTargetService implements VerifyTarget {

  private static final String COMMAND = "target verify";

  private final List<SetCatalog> catalogs;
  private final TargetDoor door;
  private final TargetLocker locker;
  private final ScratchNames names;
  private final BackupEvents events;

  VerifyTargetService(
      List<SetCatalog> catalogs,
      TargetDoor door,
      TargetLocker locker,
      ScratchNames names,
      BackupEvents events) {
    this.catalogs = catalogs;
    this.door = door;
    this.locker = locker;
    this.names = names;
    this.events = events;
  }

  @Override
  public VerifiedTarget verify(String name, boolean quick, Cancellation cancellation) {
    SetCatalog catalog = SetFinder.named(catalogs, Optional.of(name)).get(0);
    Target target = catalog.target();
    cancellation.throwIfCancelled();
    try (TargetLocker.Locked locked = locker.lock(catalog, COMMAND, Optional.empty(), this::lost)) {
      new TargetTidying(locker, names)
          .tidy(locked)
          .forEach(removed -> events.on(new BackupEvent.Warning(removed)));
      List<TriedPromise> tried =
          new TargetTrial(target, door, names.next(), events)
              .run(quick ? Contract.quick() : Contract.whole(), cancellation);
      return new VerifiedTarget(name, target.store().location(), featuresOf(target), tried);
    }
  }

  /** A trial below its own scratch folder harms no backup that has come in between. */
  private void lost(BusyFailure lost) {
    events.on(new BackupEvent.Warning(lost.getMessage()));
  }

  private static List<String> featuresOf(Target target) {
    try {
      return target.store().features();
    } catch (StorageFailure unreachable) {
      return List.of();
    }
  }
}
