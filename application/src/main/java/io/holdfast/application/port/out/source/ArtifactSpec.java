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
 */
public record ArtifactSpec(
    ArtifactId id, Encoding encoding, OptionalLong estimatedBytes, Set<String> holds) {
  public ArtifactSpec {
    holds = Set.copyOf(holds);
  }
}
