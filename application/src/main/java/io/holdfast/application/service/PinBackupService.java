package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pins on one target after the other; one that fails does not stop the others. It takes no lock: a
 * pin must not wait for a backup of hours, and whoever deletes looks for pins after each step.
 */
final class PinBackupService implements PinBackup {

  private final SetFinder finder;
  private final TargetLocker locker;

  PinBackupService(SetFinder finder, TargetLocker locker) {
    this.finder = finder;
    this.locker = locker;
  }

  @Override
  public Result pin(SetSelector selector, Optional<String> reason) {
    SetId set = idOf(selector);
    Pin pin = new Pin(reason, locker.presence().clock().instant(), locker.host());
    return each(selector, set, catalog -> pin(catalog, set, pin));
  }

  @Override
  public Result unpin(SetSelector selector) {
    SetId set = idOf(selector);
    return each(selector, set, catalog -> unpin(catalog, set));
  }

  private Optional<PinnedCopy> pin(SetCatalog catalog, SetId set, Pin pin) {
    if (!catalog.set(set).isPublished()) {
      return Optional.empty();
    }
    SetMarks marks = locker.marksOf(catalog.target());
    boolean added = marks.pin(set, pin);
    if (!catalog.set(set).isPublished()) {
      marks.unpin(set);
      return Optional.empty();
    }
    return Optional.of(
        new PinnedCopy(
            catalog.target().name(),
            added ? Outcome.PINNED : Outcome.ALREADY_PINNED,
            added ? Optional.of(pin) : marks.pin(set)));
  }

  /** The pin of a set that is not there any more goes too. */
  private Optional<PinnedCopy> unpin(SetCatalog catalog, SetId set) {
    SetMarks marks = locker.marksOf(catalog.target());
    boolean pinned = marks.pin(set).isPresent();
    if (!pinned && !catalog.set(set).isPublished()) {
      return Optional.empty();
    }
    marks.unpin(set);
    return Optional.of(
        new PinnedCopy(
            catalog.target().name(),
            pinned ? Outcome.UNPINNED : Outcome.NOT_PINNED,
            Optional.empty()));
  }

  private Result each(
      SetSelector selector, SetId set, Function<SetCatalog, Optional<PinnedCopy>> work) {
    List<PinnedCopy> copies = new ArrayList<>();
    List<StorageFailure> failures = new ArrayList<>();
    for (SetCatalog catalog : finder.catalogs(targetOf(selector))) {
      try {
        work.apply(catalog).ifPresent(copies::add);
      } catch (StorageFailure failure) {
        failures.add(failure);
      }
    }
    if (!copies.isEmpty()) {
      return new Result(set, copies, failures);
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    throw new IntegrityFailure(
        "There is no set " + set + " that is published.", "holdfast list shows what there is.");
  }

  private SetId idOf(SetSelector selector) {
    if (selector instanceof SetSelector.ById byId) {
      return byId.id();
    }
    return selector instanceof SetSelector.Latest
        ? SetId.parse(finder.find(selector).name()).orElseThrow()
        : atPath();
  }

  private static SetId atPath() {
    throw new UsageFailure(
        "A set at a path cannot be pinned.", "Name a set of a target by its id, or latest.");
  }

  private static Optional<String> targetOf(SetSelector selector) {
    if (selector instanceof SetSelector.ById byId) {
      return byId.target();
    }
    return selector instanceof SetSelector.Latest latest ? latest.target() : Optional.empty();
  }
}
