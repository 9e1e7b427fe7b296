package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CopyBackup.CopiedSet;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.SetComparison;
import io.holdfast.domain.trend.Vanished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A set that tests show. */
final class Samples {

  static final StoredArtifact DATABASE =
      new StoredArtifact(
          ArtifactId.database("main", "umig_app_db"),
          "databases/umig_app_db.dump",
          1_572_864,
          8_388_608,
          112,
          new Checksum("a".repeat(64)),
          Encoding.NONE,
          Duration.ofMillis(1250),
          new ArtifactOrigin.FromPostgres("15.12", "15.12"),
          List.of(),
          Optional.of(
              new DatabaseFingerprint(
                  "rows-hash64sum-1",
                  List.of(new TableFingerprint("public.orders", 40, "1f", 16, "5e")),
                  new TreeMap<>(),
                  "",
                  0,
                  new TreeMap<>(),
                  new TreeMap<>(),
                  Duration.ofMillis(400))),
          Optional.empty());

  static final StoredArtifact VOLUME =
      new StoredArtifact(
          ArtifactId.volume("confluence_data"),
          "volumes/confluence_data.tar.gz",
          2_048,
          10_240,
          7,
          new Checksum("b".repeat(64)),
          Encoding.GZIP,
          Duration.ofSeconds(3),
          new ArtifactOrigin.FromVolume("local", Map.of("app", "umig"), Map.of()),
          List.of("a/b changed while it was read"));

  static final FailedArtifact FAILED =
      new FailedArtifact(ArtifactId.database("main", "old"), "it refuses connections");

  /** A volume that shrank, and a database that is gone. */
  static final SetComparison DOUBTS =
      new SetComparison(
          List.of(new ArtifactTrend(VOLUME, 10_240, OptionalLong.of(3_145_728), 7)),
          List.of(new Vanished(FAILED.id(), id("20251005_020000"))));

  private Samples() {}

  static SetId id(String text) {
    return SetId.parse(text).orElseThrow();
  }

  static CopiedSet copied(CopyBackup.Outcome outcome) {
    Optional<Failure> failure =
        outcome == CopyBackup.Outcome.FAILED
            ? Optional.of(new IntegrityFailure("x.dump is damaged", "take another"))
            : Optional.empty();
    return new CopiedSet(
        id("20251006_020000"), "a", "b", outcome, 5, 2048, 2, List.of("a warning"), failure);
  }

  static Manifest manifest(Artifact... artifacts) {
    List<Artifact> all = List.of(artifacts);
    boolean whole = all.stream().noneMatch(FailedArtifact.class::isInstance);
    return new Manifest(
        FormatVersion.CURRENT,
        id("20251006_020000"),
        "umig",
        "0.1.0",
        Instant.parse("2025-10-06T02:00:00Z"),
        Instant.parse("2025-10-06T02:00:04.500Z"),
        whole ? SetStatus.COMPLETE : SetStatus.PARTIAL,
        Optional.of("nightly"),
        Optional.empty(),
        all,
        List.of(
            new ManifestTarget("local", Optional.empty()),
            new ManifestTarget("nas", Optional.of("no space left"))),
        Optional.empty(),
        Optional.empty());
  }
}
