package io.holdfast.domain.trend;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sets of one host, a day apart. */
final class Sets {

  private static final Instant FIRST = Instant.parse("2025-10-01T02:00:00Z");

  private Sets() {}

  static SetId id(int day) {
    return new SetId(FIRST.plus(Duration.ofDays(day)));
  }

  static StoredArtifact stored(ArtifactId id, long storedBytes, long sourceBytes) {
    return new StoredArtifact(
        id,
        "file",
        storedBytes,
        sourceBytes,
        1,
        new Checksum("0".repeat(64)),
        Encoding.NONE,
        Duration.ofSeconds(1),
        new ArtifactOrigin.Unknown(),
        List.of());
  }

  static StoredArtifact stored(ArtifactId id) {
    return stored(id, 1, 1);
  }

  /** PARTIAL when one of the artifacts failed. */
  static Manifest of(int day, Artifact... artifacts) {
    return of(day, Optional.empty(), artifacts);
  }

  /** The same with what was asked for. */
  static Manifest of(int day, SetScope scope, Artifact... artifacts) {
    return of(day, Optional.of(scope), artifacts);
  }

  private static Manifest of(int day, Optional<SetScope> scope, Artifact... artifacts) {
    boolean partial = List.of(artifacts).stream().anyMatch(FailedArtifact.class::isInstance);
    return new Manifest(
        FormatVersion.CURRENT,
        id(day),
        "host",
        "0.1.0",
        id(day).begun(),
        id(day).begun(),
        partial ? SetStatus.PARTIAL : SetStatus.COMPLETE,
        Optional.empty(),
        Optional.empty(),
        List.of(artifacts),
        List.of(),
        scope,
        Optional.empty());
  }

  /** The same with another finish. */
  static Manifest finished(Manifest set, Instant at) {
    return new Manifest(
        set.formatVersion(),
        set.id(),
        set.host(),
        set.toolVersion(),
        set.started(),
        at,
        set.status(),
        set.tag(),
        set.note(),
        set.artifacts(),
        set.targets(),
        set.scope(),
        set.cut());
  }
}
