package io.holdfast.domain.trend;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.List;
import java.util.OptionalLong;

/**
 * An artifact's size beside what it usually is.
 *
 * @param artifact as the newest set has it
 * @param bytes its size, see {@link #measure}
 * @param usual the median of that size in the sets before, at most {@link #WINDOW} that have it;
 *     empty with fewer than {@link #LEAST_SETS}
 * @param sets how many those are
 */
public record ArtifactTrend(StoredArtifact artifact, long bytes, OptionalLong usual, int sets) {

  /** How many earlier sets are looked at. */
  public static final int WINDOW = 7;

  /** How many of them have to have an artifact before its size says anything. */
  public static final int LEAST_SETS = 3;

  /** What has to be lost at least: something that small is half as large for no reason at all. */
  static final long LEAST_LOSS = 16 * 1024;

  /**
   * @param before its size in earlier sets, the newest first
   */
  static ArtifactTrend of(StoredArtifact artifact, List<StoredArtifact> before) {
    List<Long> sizes = before.stream().limit(WINDOW).map(ArtifactTrend::measure).toList();
    OptionalLong usual =
        sizes.size() < LEAST_SETS ? OptionalLong.empty() : OptionalLong.of(Median.of(sizes));
    return new ArtifactTrend(artifact, measure(artifact), usual, sizes.size());
  }

  /**
   * The size that tells most of what is in an artifact. For a volume the plain tar's, which no
   * other compression changes. For a database the dump's: its size on the server counts indexes and
   * rows that are dead, so that it hides that they were deleted and alarms when they are vacuumed.
   */
  static long measure(StoredArtifact artifact) {
    return artifact.id().kind() == ArtifactKind.VOLUME
        ? artifact.sourceBytes()
        : artifact.storedBytes();
  }

  /**
   * True when it is below half of what it usually is. A container's document is as long as it is.
   */
  public boolean isSuspect() {
    return artifact.id().kind() != ArtifactKind.CONTAINER
        && usual.isPresent()
        && bytes < usual.getAsLong() - bytes
        && usual.getAsLong() - bytes >= LEAST_LOSS;
  }
}
