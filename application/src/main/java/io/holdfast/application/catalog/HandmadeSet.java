package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FileName;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the artifacts of a set without a manifest by its files' names. */
final class HandmadeSet {

  private static final List<String> TAR_SUFFIXES = List.of(".tar.gz", ".tgz", ".tar.zst", ".tar");

  private HandmadeSet() {}

  static List<StoredArtifact> artifacts(
      Map<String, Checksum> checksums, Map<String, BlobInfo> files) {
    List<StoredArtifact> artifacts = new ArrayList<>();
    checksums.forEach(
        (path, checksum) ->
            identify(path)
                .ifPresent(id -> artifacts.add(artifact(id, path, checksum, files.get(path)))));
    return artifacts;
  }

  private static Optional<ArtifactId> identify(String path) {
    String[] segments = path.split("/");
    String file = segments[segments.length - 1];
    String lower = file.toLowerCase(Locale.ROOT);
    if (lower.equals("globals.sql")) {
      return Optional.of(
          new ArtifactId(ArtifactKind.GLOBALS, clusterOf(segments), ArtifactId.GLOBALS_NAME));
    }
    if (lower.endsWith(".dump") && file.length() > ".dump".length()) {
      String name = FileName.decode(file.substring(0, file.length() - ".dump".length()));
      return Optional.of(new ArtifactId(ArtifactKind.DATABASE, clusterOf(segments), name));
    }
    return TAR_SUFFIXES.stream()
        .filter(suffix -> lower.endsWith(suffix) && file.length() > suffix.length())
        .findFirst()
        .map(suffix -> FileName.decode(file.substring(0, file.length() - suffix.length())))
        .map(ArtifactId::volume);
  }

  /** {@code databases/<cluster>/file} tells a cluster; any other place tells none. */
  private static Optional<String> clusterOf(String[] segments) {
    return segments.length == 3 && segments[0].equals(SetLayout.DATABASES)
        ? Optional.of(FileName.decode(segments[1]))
        : Optional.empty();
  }

  private static StoredArtifact artifact(
      ArtifactId id, String path, Checksum checksum, @Nullable BlobInfo file) {
    long bytes = file == null ? 0 : file.bytes();
    Encoding encoding =
        path.toLowerCase(Locale.ROOT).endsWith(".tgz") ? Encoding.GZIP : Encoding.ofPath(path);
    return new StoredArtifact(
        id,
        path,
        bytes,
        bytes,
        1,
        checksum,
        encoding,
        Duration.ZERO,
        new ArtifactOrigin.Unknown(),
        List.of());
  }
}
