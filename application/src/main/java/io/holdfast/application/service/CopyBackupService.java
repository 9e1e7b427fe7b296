package io.holdfast.application.service;

import io.holdfast.application.catalog.Reading;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.service.SetCopy.SourceSet;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Copies sets from target to target, under the lock of the one that gets them. */
final class CopyBackupService implements CopyBackup {

  private final UseCases.Host host;
  private final SetFinder finder;
  private final SetReads reads;
  private final TargetLocker targetLocker;
  private final BackupEvents events;

  CopyBackupService(
      UseCases.Host host,
      SetFinder finder,
      SetReads reads,
      TargetLocker targetLocker,
      BackupEvents events) {
    this.host = host;
    this.finder = finder;
    this.reads = reads;
    this.targetLocker = targetLocker;
    this.events = events;
  }

  @Override
  public CopiedSet copy(SetSelector selector, String to, Mode mode, Cancellation cancellation) {
    Optional<String> from =
        selector instanceof SetSelector.ById byId
            ? byId.target()
            : selector instanceof SetSelector.Latest latest ? latest.target() : Optional.empty();
    requireTwo(from, Optional.of(to));
    SetCatalog target = finder.catalogs(Optional.of(to)).get(0);
    StoredSet found = finder.find(selector);
    SetId id =
        SetId.parse(found.name())
            .orElseThrow(
                () ->
                    new UsageFailure(
                        "A folder cannot be copied.", "Name a set by its id, or latest."));
    List<SetCatalog> holders = new ArrayList<>();
    List<StorageFailure> unread = new ArrayList<>();
    for (SetCatalog catalog : finder.catalogs(from)) {
      if (!isSame(catalog, target) && holds(catalog, id, unread)) {
        holders.add(catalog);
      }
    }
    if (holders.isEmpty()) {
      return withoutHolder(id, found, target, unread);
    }
    return transfer(id, holders, target, mode, cancellation);
  }

  private CopiedSet withoutHolder(
      SetId id, StoredSet found, SetCatalog target, List<StorageFailure> unread) {
    if (!target.set(id).isPublished() && !unread.isEmpty()) {
      throw unread.get(0);
    }
    SourceSet alone = SourceSet.of(found, host.name());
    String to = target.target().name();
    return result(id, to, to, alone, Outcome.PRESENT, 0, List.of());
  }

  @Override
  public Repair copyMissing(
      Optional<String> from, Optional<String> to, Mode mode, Cancellation cancellation) {
    requireTwo(from, to);
    List<SetCatalog> sources = finder.catalogs(from);
    List<SetCatalog> targets = finder.catalogs(to);
    PublishedSets published =
        PublishedSets.on(
            finder.catalogs(Optional.empty()).stream()
                .filter(catalog -> contains(sources, catalog) || contains(targets, catalog))
                .toList());
    List<CopiedSet> copied = new ArrayList<>();
    for (SetId id : published.ids()) {
      for (SetCatalog target : targets) {
        List<SetCatalog> holders =
            published.holders(id, sources).stream()
                .filter(source -> !isSame(source, target))
                .toList();
        if (published.lacks(target, id) && !holders.isEmpty()) {
          cancellation.throwIfCancelled();
          copied.add(attempt(id, holders, target, mode, cancellation));
        }
      }
    }
    return new Repair(copied, published.unread());
  }

  private CopiedSet attempt(
      SetId id, List<SetCatalog> holders, SetCatalog target, Mode mode, Cancellation cancellation) {
    try {
      return transfer(id, holders, target, mode, cancellation);
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      events.on(
          new BackupEvent.Problem(
              "set " + id + " to " + target.target().name() + ": " + failure.getMessage()));
      return new CopiedSet(
          id,
          holders.get(0).target().name(),
          target.target().name(),
          Outcome.FAILED,
          0,
          0,
          0,
          List.of(),
          Optional.of(failure));
    }
  }

  /** From the first holder whose copy is whole. */
  private CopiedSet transfer(
      SetId id, List<SetCatalog> holders, SetCatalog target, Mode mode, Cancellation cancellation) {
    if (mode.dryRun()) {
      return fromFirst(holders, holder -> plan(id, holder, target), () -> true);
    }
    LockedTargets.Locker locker =
        new LockedTargets.Locker(List.of(target), targetLocker, host.clock(), events);
    try (LockedTargets locked = locker.lockForCopy(id, mode.waitForLock(), cancellation)) {
      return fromFirst(
          holders,
          holder -> copyMarked(id, holder, target, locked, cancellation),
          locked.runs().get(0)::isAlive);
    }
  }

  private CopiedSet fromFirst(
      List<SetCatalog> holders,
      Function<SetCatalog, CopiedSet> copy,
      BooleanSupplier targetIsAlive) {
    List<String> warnings = new ArrayList<>();
    for (SetCatalog holder : holders.subList(0, holders.size() - 1)) {
      try {
        return warned(copy.apply(holder), warnings);
      } catch (IntegrityFailure | StorageFailure failure) {
        if (!targetIsAlive.getAsBoolean()) {
          throw failure;
        }
        String warning =
            "Target " + holder.target().name() + " was passed over: " + failure.getMessage();
        events.on(new BackupEvent.Warning(warning));
        warnings.add(warning);
      }
    }
    return warned(copy.apply(holders.get(holders.size() - 1)), warnings);
  }

  private CopiedSet plan(SetId id, SetCatalog holder, SetCatalog target) {
    SourceSet source = SourceSet.of(holder.set(id), host.name());
    Outcome outcome = isPresent(source, target.set(id)) ? Outcome.PRESENT : Outcome.PLANNED;
    return result(
        id, holder.target().name(), target.target().name(), source, outcome, 0, List.of());
  }

  /** Without a mark where the source is not published any more, which the copy tells. */
  private CopiedSet copyMarked(
      SetId id,
      SetCatalog holder,
      SetCatalog target,
      LockedTargets locked,
      Cancellation cancellation) {
    Optional<Reading> reading = reads.mark(holder, id, "copy");
    try {
      return copy(id, holder, target, locked, cancellation);
    } finally {
      reading.ifPresent(Reading::close);
    }
  }

  private CopiedSet copy(
      SetId id,
      SetCatalog holder,
      SetCatalog target,
      LockedTargets locked,
      Cancellation cancellation) {
    String from = holder.target().name();
    String to = target.target().name();
    SourceSet source = SourceSet.of(holder.set(id), host.name());
    Optional<Pin> pin = targetLocker.marksOf(holder.target()).pin(id);
    if (isPresent(source, target.set(id))) {
      pin.ifPresent(given -> targetLocker.marksOf(target.target()).pin(id, given));
      return result(id, from, to, source, Outcome.PRESENT, 0, List.of());
    }
    List<String> warnings =
        source.unlisted().stream()
            .map(path -> path + " of set " + id + " on " + from + " is no part of it; not copied.")
            .toList();
    warnings.forEach(warning -> events.on(new BackupEvent.Warning(warning)));
    int kept =
        new SetCopy(source, target.set(id), locked, pin, host.jobs(), events).run(cancellation);
    return result(id, from, to, source, Outcome.COPIED, kept, warnings);
  }

  /** True when the same set is there to the byte; another one of its id is not to be touched. */
  private static boolean isPresent(SourceSet source, StoredSet there) {
    if (!there.isPublished()) {
      return false;
    }
    if (Arrays.equals(source.checksumFile(), there.checksumFile())) {
      return true;
    }
    throw new IntegrityFailure(
        "There is another set of the id " + there.name() + " at " + there.location() + ".",
        "One of them is damaged, or two hosts share a folder; holdfast show tells more.");
  }

  private static CopiedSet result(
      SetId id,
      String from,
      String to,
      SourceSet source,
      Outcome outcome,
      int kept,
      List<String> warnings) {
    return new CopiedSet(
        id,
        from,
        to,
        outcome,
        source.checksums().size(),
        source.bytes(),
        kept,
        warnings,
        Optional.empty());
  }

  private static CopiedSet warned(CopiedSet set, List<String> before) {
    List<String> warnings = new ArrayList<>(before);
    warnings.addAll(set.warnings());
    return new CopiedSet(
        set.id(),
        set.from(),
        set.to(),
        set.outcome(),
        set.files(),
        set.bytes(),
        set.keptFiles(),
        warnings,
        set.failure());
  }

  private boolean holds(SetCatalog catalog, SetId id, List<StorageFailure> unread) {
    try {
      return catalog.set(id).isPublished();
    } catch (StorageFailure failure) {
      unread.add(failure);
      events.on(
          new BackupEvent.Warning(
              "Target " + catalog.target().name() + " was passed over: " + failure.getMessage()));
      return false;
    }
  }

  private static boolean contains(List<SetCatalog> catalogs, SetCatalog wanted) {
    return catalogs.stream().anyMatch(catalog -> isSame(catalog, wanted));
  }

  private static boolean isSame(SetCatalog one, SetCatalog other) {
    return one.target().name().equals(other.target().name());
  }

  private static void requireTwo(Optional<String> from, Optional<String> to) {
    if (from.isPresent() && from.equals(to)) {
      throw new UsageFailure(
          "--from and --to name the same target " + to.get() + ".", "Name two targets.");
    }
  }
}
