package io.holdfast.domain.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a program needs to know of a set: the content of its {@code manifest.json}.
 *
 * @param formatVersion the version of the set format
 * @param id the set's id
 * @param host the host whose databases and volumes these are
 * @param toolVersion the Holdfast that wrote it
 * @param started when the run began
 * @param finished when the last artifact was stored
 * @param status whether all that was asked for is there
 * @param tag a short word of the operator's
 * @param note a sentence of the operator's
 * @param artifacts stored and failed ones, in the order in which they were planned
 * @param targets the storage targets of the run, in the configured order; none in sets of versions
 *     that did not tell them
 * @param scope what was asked for; empty in sets of versions that did not tell it
 * @param cut the moment of which it is; empty in sets of versions that did not tell it
 */
public record Manifest(
    FormatVersion formatVersion,
    SetId id,
    String host,
    String toolVersion,
    Instant started,
    Instant finished,
    SetStatus status,
    Optional<String> tag,
    Optional<String> note,
    List<Artifact> artifacts,
    List<ManifestTarget> targets,
    Optional<SetScope> scope,
    Optional<Cut> cut) {
  public Manifest {
    artifacts = List.copyOf(artifacts);
    targets = List.copyOf(targets);
  }

  /** The same with other targets. */
  public Manifest withTargets(List<ManifestTarget> others) {
    return new Manifest(
        formatVersion,
        id,
        host,
        toolVersion,
        started,
        finished,
        status,
        tag,
        note,
        artifacts,
        others,
        scope,
        cut);
  }

  /** The artifacts that are in the set. */
  public Stream<StoredArtifact> stored() {
    return artifacts.stream()
        .filter(StoredArtifact.class::isInstance)
        .map(StoredArtifact.class::cast);
  }

  /** The artifacts that were asked for and failed. */
  public Stream<FailedArtifact> failed() {
    return artifacts.stream()
        .filter(FailedArtifact.class::isInstance)
        .map(FailedArtifact.class::cast);
  }
}
