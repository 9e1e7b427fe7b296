package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Shows whether what was restored is what was backed up: holds it against the fingerprint that was
 * taken at the source.
 */
public interface RestoreProof {

  /** True when it can look at artifacts like this one. */
  boolean proves(ArtifactId id);

  /**
   * Looks at what was restored and compares. Changes nothing.
   *
   * @param id what was backed up
   * @param restoredAs the name that it was restored under; of no meaning for globals
   * @param expected its fingerprint in the manifest
   * @param listing the names of its members, where the set has them: with them, each file that
   *     differs is named
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot look
   * @throws IOException from reading the listing
   */
  Proof compare(
      ArtifactId id,
      String restoredAs,
      Fingerprint expected,
      Optional<ArtifactContent> listing,
      Cancellation cancellation)
      throws IOException;

  /**
   * What came of a comparison.
   *
   * @param compared what was compared, for people: {@code 12 tables, 40312 rows, 3 sequences}
   * @param differences in what they differ, the first thousand at most; empty when they are equal
   */
  record Proof(String compared, List<Difference> differences) {

    /** No more differences than this are told; a last one says how many more there are. */
    public static final int MOST_DIFFERENCES = 1_000;

    public Proof {
      differences = List.copyOf(differences);
    }
  }
}
