package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * What an export saw as the bytes passed.
 *
 * @param sourceBytes the size of what was read, as {@code StoredArtifact} defines it
 * @param entries how many entries the artifact has; never below one
 * @param origin what a restore must know of the source
 * @param warnings what an operator should know
 * @param fingerprint what the source held; empty where none was taken
 */
public record ExportReport(
    long sourceBytes,
    long entries,
    ArtifactOrigin origin,
    List<String> warnings,
    Optional<Fingerprint> fingerprint) {
  public ExportReport {
    warnings = List.copyOf(warnings);
  }

  /** Where no fingerprint was taken. */
  public ExportReport(
      long sourceBytes, long entries, ArtifactOrigin origin, List<String> warnings) {
    this(sourceBytes, entries, origin, warnings, Optional.empty());
  }
}
