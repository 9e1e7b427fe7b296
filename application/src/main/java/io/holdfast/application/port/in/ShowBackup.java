package io.holdfast.application.port.in;

import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.Manifest;
import java.util.List;
import java.util.Optional;

/** Shows one set whole. */
public interface ShowBackup {

  /**
   * Reads a set's manifest and checksums; of an incomplete one shows what is there.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown
   */
  ShownSet show(SetSelector selector);

  /**
   * A set.
   *
   * @param name its id or folder
   * @param location where it is, for people
   * @param state what it is
   * @param manifest its manifest, where it has one
   * @param artifacts the manifest's, or for a set made by hand what its files tell
   * @param storedBytes the bytes of all its files
   * @param pin what it is pinned with on its target
   * @param verified what the last verification on its target has found
   */
  record ShownSet(
      String name,
      String location,
      ListedSet.State state,
      Optional<Manifest> manifest,
      List<Artifact> artifacts,
      long storedBytes,
      Optional<Pin> pin,
      Optional<Verdict> verified) {
    public ShownSet {
      artifacts = List.copyOf(artifacts);
    }

    /** One that nothing lies about on a target. */
    public ShownSet(
        String name,
        String location,
        ListedSet.State state,
        Optional<Manifest> manifest,
        List<Artifact> artifacts,
        long storedBytes) {
      this(
          name,
          location,
          state,
          manifest,
          artifacts,
          storedBytes,
          Optional.empty(),
          Optional.empty());
    }

    /** The same with what lies about it. */
    public ShownSet with(Optional<Pin> pinned, Optional<Verdict> found) {
      return new ShownSet(name, location, state, manifest, artifacts, storedBytes, pinned, found);
    }
  }
}
