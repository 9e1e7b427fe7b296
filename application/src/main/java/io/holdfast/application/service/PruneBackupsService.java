package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.domain.retention.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Prunes targets, each under its lock. */
final class PruneBackupsService implements PruneBackups {

  private static final String COMMAND = "prune";
  private static final long POLL_MILLIS = 250;
  private static final long LONGEST_POLL_MILLIS = 5_000;

  private final UseCases.Host host;
  private final RetentionPolicy policy;
  private final List<SetCatalog> catalogs;
  private final TargetLocker locker;
  private final Function<Target, Marks> marks;
  private final BackupEvents events;

  PruneBackupsService(
      UseCases.Host host,
      RetentionPolicy policy,
      List<SetCatalog> catalogs,
      TargetLocker locker,
      Function<Target, Marks> marks,
      BackupEvents events) {
    this.host = host;
    this.policy = policy;
    this.catalogs = catalogs;
    this.locker = locker;
    this.marks = marks;
    this.events = events;
  }

  @Override
  public Report prune(Request request, Cancellation cancellation) {
    request.targets().forEach(name -> SetFinder.named(catalogs, Optional.of(name)));
    List<PrunedTarget> pruned = new ArrayList<>();
    for (SetCatalog catalog : catalogs) {
      if (request.targets().isEmpty() || request.targets().contains(catalog.target().name())) {
        cancellation.throwIfCancelled();
        pruned.add(prune(catalog, request, cancellation));
      }
    }
    return new Report(pruned);
  }

  private PrunedTarget prune(SetCatalog catalog, Request request, Cancellation cancellation) {
    TargetPrune prune =
        new TargetPrune(catalog, marks.apply(catalog.target()), policy, host.clock());
    try {
      if (request.dryRun()) {
        prune.plan(List.of());
      } else {
        try (TargetLocker.Locked locked = lock(catalog, request, cancellation)) {
          prune.plan(locked.clean().left());
          prune.carryOut(locked, cancellation);
        }
      }
    } catch (BusyFailure | StorageFailure failure) {
      return prune.result(Optional.of(failure));
    }
    return prune.result(Optional.<Failure>empty());
  }

  private TargetLocker.Locked lock(SetCatalog catalog, Request request, Cancellation cancellation) {
    Instant deadline = host.clock().instant().plus(request.waitForLock());
    long poll = POLL_MILLIS;
    while (true) {
      cancellation.throwIfCancelled();
      try {
        // The fence before each deletion tells of a lost lock; nothing else is to be stopped.
        return locker.lock(catalog, COMMAND, Optional.empty(), lost -> {});
      } catch (BusyFailure busy) {
        if (!host.clock().instant().isBefore(deadline)) {
          throw busy;
        }
        if (poll == POLL_MILLIS) {
          events.on(new BackupEvent.Note("Waiting: " + busy.getMessage()));
        }
        cancellation.awaitCancelled(poll);
        poll = Math.min(2 * poll, LONGEST_POLL_MILLIS);
      }
    }
  }
}
