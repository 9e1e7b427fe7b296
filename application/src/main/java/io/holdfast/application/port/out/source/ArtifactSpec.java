package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Encoding;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Something that can be backed up.
 *
 * @param id what it is
 * @param encoding the compression that the pipeline puts around it
 * @param estimatedBytes how much its export will read, roughly, for a progress bar
 * @param holds the running containers to hold still while it is read
 * @param listed true when its export names its members too, for a listing beside it
 */
public record ArtifactSpec(
    ArtifactId id,
    Encoding encoding,
    OptionalLong estimatedBytes,
    Set<String> holds,
    boolean listed) {
  public ArtifactSpec {
    holds = Set.copyOf(holds);
  }

  /** One without a listing. */
  public ArtifactSpec(
      ArtifactId id, Encoding encoding, OptionalLong estimatedBytes, Set<String> holds) {
    this(id, encoding, estimatedBytes, holds, false);
  }
}
