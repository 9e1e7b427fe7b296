package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.IOException;
import java.util.function.Consumer;

/** Names what a stored artifact holds, one after the other, without restoring it. */
public interface ContentsReader {

  /** True when it knows artifacts of this kind. */
  boolean reads(ArtifactKind kind);

  /**
   * Reads from what was recorded of the artifact where that tells it, and from its bytes otherwise.
   *
   * @param entries is shown each, in the artifact's order; none is kept
   * @throws io.holdfast.application.port.failure.IntegrityFailure when it cannot be understood
   * @throws IOException from reading the content
   */
  void read(
      ArtifactId id,
      ArtifactContent content,
      ArtifactInspector.Recorded recorded,
      Consumer<ContentEntry> entries,
      Cancellation cancellation)
      throws IOException;
}
