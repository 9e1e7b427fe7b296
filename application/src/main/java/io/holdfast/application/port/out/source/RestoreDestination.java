package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import java.io.IOException;

/** Where artifacts are restored to: a cluster, or the host's volumes. */
public interface RestoreDestination {

  /** True when artifacts like this one are restored here. */
  boolean takes(ArtifactId id);

  /**
   * Looks at what is there and plans. Changes nothing.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot look
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the artifact is not whole
   * @throws IOException from reading the content
   */
  PreparedRestore prepare(RestoreItem item, Cancellation cancellation) throws IOException;
}
