package io.holdfast.application.service;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.drill.FreeSpace;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what a drill needs on each file system, and holds it against what is free there. */
final class DrillSpace {

  /** What an empty server takes, and what it writes beside its tables while they are filled. */
  private static final long SERVER = 384L << 20;

  /** Of what was read at the source, what may come on top: file systems differ in their blocks. */
  private static final int MARGIN_PERCENT = 10;

  private static final int MEBI = 1 << 20;

  private final FreeSpace space;
  private final Map<String, Need> needs = new LinkedHashMap<>();

  DrillSpace(FreeSpace space) {
    this.space = space;
  }

  void server(Path place, List<StoredArtifact> databases) {
    need(place, SERVER + withMargin(databases));
  }

  void volumes(Path place, List<StoredArtifact> volumes) {
    need(place, withMargin(volumes));
  }

  /**
   * Compares.
   *
   * @throws SourceFailure when there is too little room; nothing was made yet
   */
  void demand() {
    for (Need need : needs.values()) {
      if (need.bytes > need.available) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "The drill needs about "
                + mebibytes(need.bytes)
                + " MiB where "
                + need.place
                + " is, and there are "
                + mebibytes(need.available)
                + " MiB free. Nothing was restored.",
            "Make room there, drill a part with --sample, or have private servers keep their data"
                + " elsewhere (drill: folder:).");
      }
    }
  }

  private static long withMargin(List<StoredArtifact> artifacts) {
    long bytes = artifacts.stream().mapToLong(StoredArtifact::sourceBytes).sum();
    return bytes + bytes / 100 * MARGIN_PERCENT;
  }

  private static long mebibytes(long bytes) {
    return (bytes + MEBI - 1) / MEBI;
  }

  private void need(Path place, long bytes) {
    try {
      FreeSpace.Room room = space.of(place);
      needs.merge(
          room.fileSystem(),
          new Need(place, bytes, room.available()),
          (one, other) -> new Need(one.place, one.bytes + other.bytes, one.available));
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "How much room there is at " + place + " cannot be seen: " + e.getMessage(),
          "See that the folder is there and may be read.",
          e);
    }
  }

  /** What is needed on one file system. */
  private record Need(Path place, long bytes, long available) {}
}
