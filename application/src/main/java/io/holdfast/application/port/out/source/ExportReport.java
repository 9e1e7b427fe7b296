package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactOrigin;
import java.util.List;

/**
 * What an export saw as the bytes passed.
 *
 * @param sourceBytes the size of what was read, as {@code StoredArtifact} defines it
 * @param entries how many entries the artifact has; never below one
 * @param origin what a restore must know of the source
 * @param warnings what an operator should know
 */
public record ExportReport(
    long sourceBytes, long entries, ArtifactOrigin origin, List<String> warnings) {
  public ExportReport {
    warnings = List.copyOf(warnings);
  }
}
