package io.holdfast.application.testing;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Small sets, and what is in them. */
public final class Samples {

  private Samples() {}

  /** A database of cluster {@code main} that is stored at a path, as text. */
  public static StoredArtifact stored(String path, String text) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return stored(ArtifactId.database("main", file.replace(".dump", "")), path, text);
  }

  /** An artifact that is stored at a path, as text. */
  public static StoredArtifact stored(ArtifactId id, String path, String text) {
    return stored(id, path, text, new ArtifactOrigin.Unknown());
  }

  /** An artifact that is stored at a path, as text, with where it came from. */
  public static StoredArtifact stored(
      ArtifactId id, String path, String text, ArtifactOrigin origin) {
    byte[] bytes = TestHost.bytes(text);
    return new StoredArtifact(
        id,
        path,
        bytes.length,
        bytes.length,
        1,
        sha256(bytes),
        Encoding.ofPath(path),
        Duration.ofSeconds(1),
        origin,
        List.of());
  }

  /** The manifest of a set of {@link TestHost#NAME} with these artifacts. */
  public static Manifest manifest(List<? extends Artifact> artifacts) {
    return manifest(TestHost.ID, TestHost.NAME, artifacts);
  }

  /** The manifest of a set. */
  public static Manifest manifest(SetId id, String host, List<? extends Artifact> artifacts) {
    boolean partial = artifacts.stream().anyMatch(FailedArtifact.class::isInstance);
    return new Manifest(
        FormatVersion.CURRENT,
        id,
        host,
        "1.0-test",
        id.begun(),
        id.begun().plusSeconds(5),
        partial ? SetStatus.PARTIAL : SetStatus.COMPLETE,
        Optional.empty(),
        Optional.empty(),
        List.copyOf(artifacts),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The checksum of some bytes. */
  public static Checksum sha256(byte[] bytes) {
    try {
      return Checksum.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
