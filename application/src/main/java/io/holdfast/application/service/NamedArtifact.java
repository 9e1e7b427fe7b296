package io.holdfast.application.service;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the one artifact of a set that an operator names. */
final class NamedArtifact {

  private NamedArtifact() {}

  /**
   * The artifact of a name, or of a name with its kind before it.
   *
   * @throws SourceFailure when there is none; says what there is
   * @throws IntegrityFailure when its backup failed
   * @throws UsageFailure when there is more than one
   */
  static StoredArtifact find(
      String set, List<Artifact> inSet, Set<ArtifactKind> kinds, String wanted) {
    List<Artifact> candidates =
        inSet.stream().filter(artifact -> kinds.contains(artifact.id().kind())).toList();
    List<Artifact> found =
        candidates.stream()
            .filter(a -> a.id().answersTo(wanted) || a.id().describe().equals(wanted))
            .toList();
    if (found.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The set " + set + " has no " + nouns(kinds) + " named " + wanted + ".",
          candidates.isEmpty() ? "It has none at all." : "It has: " + names(candidates) + ".");
    }
    if (found.size() > 1) {
      throw new UsageFailure(
          "The set " + set + " has more than one of the name " + wanted + ".",
          "Name one of these in full: " + names(found) + ".");
    }
    if (found.get(0) instanceof FailedArtifact failed) {
      throw new IntegrityFailure(
          "The "
              + failed.id().describe()
              + " is not in the set "
              + set
              + ": its backup failed ("
              + failed.reason()
              + ").",
          "Choose another set (holdfast list).");
    }
    return (StoredArtifact) found.get(0);
  }

  private static String nouns(Set<ArtifactKind> kinds) {
    boolean databases = kinds.contains(ArtifactKind.DATABASE);
    if (databases && kinds.contains(ArtifactKind.VOLUME)) {
      return "database or volume";
    }
    return databases ? "database" : "volume";
  }

  private static String names(List<Artifact> artifacts) {
    return artifacts.stream().map(a -> a.id().describe()).collect(Collectors.joining(", "));
  }
}
