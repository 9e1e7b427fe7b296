package io.holdfast.application.service;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.contract.Contract;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import java.util.List;

/** Runs the contract of stores on a target. */
final class VerifyTargetService implements VerifyTarget {

  private static final String COMMAND = "target verify";

  private final List<SetCatalog> catalogs;
  private final TargetDoor door;
  private final TargetLocks locks;
  private final ScratchNames names;
  private final BackupEvents events;

  VerifyTargetService(
      List<SetCatalog> catalogs,
      TargetDoor door,
      TargetLocks locks,
      ScratchNames names,
      BackupEvents events) {
    this.catalogs = catalogs;
    this.door = door;
    this.locks = locks;
    this.names = names;
    this.events = events;
  }

  @Override
  public VerifiedTarget verify(String name, boolean quick, Cancellation cancellation) {
    SetCatalog catalog = find(name);
    Target target = catalog.target();
    cancellation.throwIfCancelled();
    RepositoryLock.Held held = locks.acquire(target, COMMAND);
    try {
      new TargetTidying(locks, names)
          .tidy(catalog, held)
          .forEach(removed -> events.on(new BackupEvent.Warning(removed)));
      List<TriedPromise> tried =
          new TargetTrial(target, door, names.next(), events)
              .run(quick ? Contract.quick() : Contract.whole(), cancellation);
      return new VerifiedTarget(name, target.store().location(), featuresOf(target), tried);
    } finally {
      release(held, target);
    }
  }

  /** One that cannot be let go of dies with this process, and is told beside what was found. */
  private void release(RepositoryLock.Held held, Target target) {
    try {
      held.close();
    } catch (StorageFailure failure) {
      events.on(
          new BackupEvent.Warning(
              "The lock on target "
                  + target.name()
                  + " could not be removed: "
                  + failure.getMessage()));
    }
  }

  private static List<String> featuresOf(Target target) {
    try {
      return target.store().features();
    } catch (StorageFailure unreachable) {
      return List.of();
    }
  }

  private SetCatalog find(String name) {
    return catalogs.stream()
        .filter(catalog -> catalog.target().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "There is no storage target " + name + ".", "See storage in holdfast.yaml."));
  }
}
