package io.holdfast.domain.backup;

/** One part of a backup set, as its manifest tells it: stored, or failed with the reason. */
public sealed interface Artifact permits StoredArtifact, FailedArtifact {

  /** Which one it is. */
  ArtifactId id();
}
