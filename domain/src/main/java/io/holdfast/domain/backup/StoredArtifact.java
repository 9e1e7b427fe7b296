package io.holdfast.domain.backup;

import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An artifact whose file is in the set.
 *
 * @param id which one
 * @param path its file, relative to the set, with {@code /} between folders
 * @param storedBytes the file's length
 * @param sourceBytes the size of what was read: a volume's plain tar, a database's size on the
 *     server
 * @param entries tables of contents entries of a dump, members of a tar, statements or documents
 *     otherwise; never below one
 * @param sha256 of the stored bytes
 * @param encoding the compression around the format
 * @param took from opening the source to the last byte stored
 * @param origin what a restore must know of the source
 * @param warnings what an operator should know, such as a file that changed while it was read
 * @param fingerprint what it held at its source; empty where none was taken
 * @param listing the file that names its members; volumes alone have one
 */
public record StoredArtifact(
    ArtifactId id,
    String path,
    long storedBytes,
    long sourceBytes,
    long entries,
    Checksum sha256,
    Encoding encoding,
    Duration took,
    ArtifactOrigin origin,
    List<String> warnings,
    Optional<Fingerprint> fingerprint,
    Optional<Listing> listing)
    implements Artifact {
  public StoredArtifact {
    warnings = List.copyOf(warnings);
  }

  /** One of which nothing was taken beside its bytes. */
  public StoredArtifact(
      ArtifactId id,
      String path,
      long storedBytes,
      long sourceBytes,
      long entries,
      Checksum sha256,
      Encoding encoding,
      Duration took,
      ArtifactOrigin origin,
      List<String> warnings) {
    this(
        id,
        path,
        storedBytes,
        sourceBytes,
        entries,
        sha256,
        encoding,
        took,
        origin,
        warnings,
        Optional.empty(),
        Optional.empty());
  }
}
