package io.holdfast.application.service;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a set is to be restored.
 *
 * @param artifacts databases first, then volumes
 * @param missing what was meant and is not in the set
 */
record RestoreSelection(List<StoredArtifact> artifacts, List<FailedArtifact> missing) {

  private static final String WHOLE_SOURCE = "*";

  static RestoreSelection of(String set, List<Artifact> inSet, RestoreBackup.Request request) {
    Selection selection = request.selection();
    List<ArtifactId> ids = inSet.stream().map(Artifact::id).toList();
    List<String> unmatched = selection.unmatched(ids);
    if (!unmatched.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The set "
              + set
              + " has no "
              + kinds(selection)
              + " named "
              + String.join(", ", unmatched)
              + "."
              + because(inSet),
          "holdfast show " + set + " lists what it has.");
    }
    List<StoredArtifact> stored =
        inSet.stream()
            .filter(a -> a instanceof StoredArtifact && selection.selects(a.id()))
            .map(StoredArtifact.class::cast)
            .sorted(Comparator.comparing(a -> a.id().kind()))
            .toList();
    List<FailedArtifact> missing =
        inSet.stream()
            .filter(a -> a instanceof FailedArtifact && isMissed(selection, a.id()))
            .map(FailedArtifact.class::cast)
            .toList();
    if (stored.isEmpty()) {
      throw nothing(set, selection, missing);
    }
    requireDistinct(set, stored);
    if (request.as().isPresent() && stored.size() > 1) {
      throw new UsageFailure(
          "--as gives one restored database or volume another name; "
              + stored.size()
              + " are selected.",
          "Name the one with --only NAME.");
    }
    if (request.tables().isPresent() && stored.size() > 1) {
      throw new UsageFailure(
          "--table takes tables out of one database; " + stored.size() + " are selected.",
          "Name the one with --only NAME.");
    }
    return new RestoreSelection(stored, missing);
  }

  /** A source that failed whole may have had what was asked for. */
  private static String because(List<Artifact> inSet) {
    return inSet.stream()
        .filter(a -> a instanceof FailedArtifact && a.id().name().equals(WHOLE_SOURCE))
        .map(FailedArtifact.class::cast)
        .map(f -> " It was made while " + f.id().describe() + " failed: " + f.reason())
        .findFirst()
        .orElse("");
  }

  /** The globals that go with a database: its cluster's, or a handmade set's only ones. */
  static Optional<StoredArtifact> globalsFor(ArtifactId database, List<Artifact> inSet) {
    return inSet.stream()
        .filter(a -> a instanceof StoredArtifact && a.id().kind() == ArtifactKind.GLOBALS)
        .map(StoredArtifact.class::cast)
        .filter(globals -> globals.id().cluster().equals(database.cluster()))
        .findFirst();
  }

  /** In a set made by hand two files may tell the same name. */
  private static void requireDistinct(String set, List<StoredArtifact> stored) {
    Map<ArtifactId, String> paths = new HashMap<>();
    for (StoredArtifact artifact : stored) {
      String other = paths.putIfAbsent(artifact.id(), artifact.path());
      if (other != null) {
        throw new IntegrityFailure(
            "The set "
                + set
                + " has two files for the "
                + artifact.id().describe()
                + ": "
                + other
                + " and "
                + artifact.path()
                + ".",
            "Choose others with --only NAME, or take one of the two out of the set.");
      }
    }
  }

  /** A cluster that failed whole counts for every database that was meant of it. */
  private static boolean isMissed(Selection selection, ArtifactId id) {
    return selection.selects(id)
        || (id.kind() == ArtifactKind.GLOBALS
            && selection.only().isEmpty()
            && selection.kinds().contains(ArtifactKind.DATABASE));
  }

  private static RuntimeException nothing(
      String set, Selection selection, List<FailedArtifact> missing) {
    if (missing.isEmpty()) {
      return new SourceFailure(
          FailureKind.SOURCE,
          "The set " + set + " has no " + kinds(selection) + ".",
          "holdfast show " + set + " lists what it has.");
    }
    FailedArtifact first = missing.get(0);
    return new IntegrityFailure(
        "The "
            + first.id().describe()
            + " is not in the set "
            + set
            + ": its backup failed ("
            + first.reason()
            + ").",
        "Choose another set (holdfast list).");
  }

  private static String kinds(Selection selection) {
    boolean databases = selection.kinds().contains(ArtifactKind.DATABASE);
    boolean volumes = selection.kinds().contains(ArtifactKind.VOLUME);
    if (databases && volumes) {
      return "database or volume";
    }
    return databases ? "database" : "volume";
  }
}
