package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.io.IOException;
import java.util.Optional;

/** Reads a stored artifact as its format demands, without touching a database or volume. */
public interface ArtifactInspector {

  /** True when it knows artifacts of this kind. */
  boolean inspects(ArtifactKind kind);

  /**
   * Reads the artifact: a dump's table of contents, a tar to its end marker.
   *
   * @return how many entries it has
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it is not whole, is empty,
   *     or holds what must not be restored (a member that climbs out)
   * @throws IOException from reading the content
   */
  long inspect(ArtifactId id, ArtifactContent content, Cancellation cancellation)
      throws IOException;

  /**
   * The same, and holds what the bytes alone can tell against what was recorded of them. Of a dump
   * they tell nothing: it has to be restored for that.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when they disagree too
   */
  default long inspect(
      ArtifactId id, ArtifactContent content, Recorded recorded, Cancellation cancellation)
      throws IOException {
    return inspect(id, content, cancellation);
  }

  /**
   * What a set has recorded of an artifact.
   *
   * @param fingerprint what it held at its source
   * @param listing the names of its members
   */
  record Recorded(Optional<Fingerprint> fingerprint, Optional<ArtifactContent> listing) {}
}
