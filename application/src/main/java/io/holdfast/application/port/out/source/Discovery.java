package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.FailedArtifact;
import java.util.List;

/**
 * What a source has for a selection.
 *
 * @param artifacts what can be exported, in the order in which it should be begun
 * @param failures what was meant and cannot be: a database that refuses connections
 * @param warnings what was left out and why: a volume that holds a running server's data
 */
public record Discovery(
    List<ArtifactSpec> artifacts, List<FailedArtifact> failures, List<String> warnings) {
  public Discovery {
    artifacts = List.copyOf(artifacts);
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }
}
