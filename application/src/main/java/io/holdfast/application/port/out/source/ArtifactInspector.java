package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.IOException;

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
}
