package io.holdfast.application.service;

import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.in.ListedSet.State;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import java.util.List;
import java.util.Optional;

/** Reads one set's manifest and folder. */
final class ShowBackupService implements ShowBackup {

  private final SetFinder finder;
  private final TargetLocker locker;

  ShowBackupService(SetFinder finder, TargetLocker locker) {
    this.finder = finder;
    this.locker = locker;
  }

  @Override
  public ShownSet show(SetSelector selector) {
    SetFinder.Located found = finder.locate(selector);
    ShownSet shown = show(found.set());
    Optional<SetId> id = SetId.parse(shown.name());
    if (found.catalog().isEmpty() || id.isEmpty()) {
      return shown;
    }
    SetMarks marks = locker.marksOf(found.catalog().get().target());
    return shown.with(marks.pin(id.get()), marks.verdict(id.get()));
  }

  private static ShownSet show(StoredSet set) {
    long bytes = set.files().values().stream().mapToLong(BlobInfo::bytes).sum();
    if (!set.isPublished()) {
      return new ShownSet(
          set.name(), set.location(), State.INCOMPLETE, Optional.empty(), List.of(), bytes);
    }
    Optional<Manifest> manifest = set.manifest();
    State state =
        manifest
            .map(m -> m.status() == SetStatus.COMPLETE ? State.COMPLETE : State.PARTIAL)
            .orElse(State.HANDMADE);
    return new ShownSet(
        set.name(), set.location(), state, manifest, set.artifacts(set.checksums()), bytes);
  }
}
