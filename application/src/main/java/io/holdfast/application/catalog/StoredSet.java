package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.checksum.ChecksumEntry;
import io.holdfast.domain.checksum.ChecksumFile;
import io.holdfast.domain.checksum.MalformedChecksumsException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set's folder on a store, to be read. */
public final class StoredSet {

  private final BlobStore store;
  private final MetadataCodec codec;
  private final String name;

  StoredSet(BlobStore store, MetadataCodec codec, String name) {
    this.store = store;
    this.codec = codec;
    this.name = name;
  }

  /**
   * The set in a folder of a store.
   *
   * @param folder the folder's name, one segment
   */
  public static StoredSet inFolder(BlobStore store, MetadataCodec codec, String folder) {
    return new StoredSet(store, codec, folder);
  }

  /** The folder's name: the set's id, as a rule. */
  public String name() {
    return name;
  }

  /** Where the folder is, for people. */
  public String location() {
    String base = store.location();
    return base.endsWith("/") ? base + name : base + "/" + name;
  }

  /** True once the set is published. */
  public boolean isPublished() {
    try {
      store.stat(key(SetLayout.CHECKSUMS));
      return true;
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  /**
   * Its checksums, by path in the file's order.
   *
   * @throws IntegrityFailure when the set is not published, or they are malformed
   */
  public Map<String, Checksum> checksums() {
    return checksums(checksumFile());
  }

  /**
   * Its {@code checksums.sha256} to the byte.
   *
   * @throws IntegrityFailure when the set is not published
   */
  public byte[] checksumFile() {
    return SmallBlob.read(store, key(SetLayout.CHECKSUMS))
        .orElseThrow(
            () ->
                new IntegrityFailure(
                    "The set "
                        + name
                        + " at "
                        + location()
                        + " is incomplete: it has no "
                        + SetLayout.CHECKSUMS
                        + ".",
                    "Choose another set (holdfast list); this one was never finished."));
  }

  /**
   * What a {@link #checksumFile} of this set says, by path in the file's order.
   *
   * @throws IntegrityFailure when it is malformed
   */
  public Map<String, Checksum> checksums(byte[] bytes) {
    try {
      Map<String, Checksum> checksums = new LinkedHashMap<>();
      for (ChecksumEntry entry :
          ChecksumFile.parse(new String(bytes, StandardCharsets.UTF_8)).entries()) {
        String path = safePath(entry.path());
        if (checksums.put(path, entry.checksum()) != null) {
          throw damagedChecksums("it names " + path + " twice", new IllegalStateException(path));
        }
      }
      return checksums;
    } catch (MalformedChecksumsException e) {
      throw damagedChecksums(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Its manifest; empty for a set made by hand.
   *
   * @throws IntegrityFailure when it cannot be read
   */
  public Optional<Manifest> manifest() {
    return SmallBlob.read(store, key(SetLayout.MANIFEST)).map(codec::readManifest);
  }

  /** Every file that is there, by path. */
  public Map<String, BlobInfo> files() {
    Map<String, BlobInfo> files = new LinkedHashMap<>();
    String prefix = name + "/";
    store.list(prefix, blob -> files.put(blob.key().value().substring(prefix.length()), blob));
    return files;
  }

  /**
   * The artifacts: the manifest's, each held against the checksums, or what a handmade set's files
   * tell.
   *
   * @throws IntegrityFailure when the manifest and the checksums disagree
   */
  public List<Artifact> artifacts(Map<String, Checksum> checksums) {
    Optional<Manifest> manifest = manifest();
    if (manifest.isEmpty()) {
      return new ArrayList<>(HandmadeSet.artifacts(checksums, files()));
    }
    requireListed(SetLayout.MANIFEST, checksums);
    manifest.get().stored().forEach(artifact -> requireListed(artifact, checksums));
    return manifest.get().artifacts();
  }

  /** Opens a file of the set. */
  public InputStream open(String path) {
    return store.open(key(path));
  }

  /** Tells of a file of the set. */
  public BlobInfo stat(String path) {
    return store.stat(key(path));
  }

  /** The file itself where it is one of this host. */
  public Optional<Path> localFile(String path) {
    return store.localFile(key(path));
  }

  private void requireListed(StoredArtifact artifact, Map<String, Checksum> checksums) {
    requireListed(artifact.path(), artifact.sha256(), checksums);
    artifact.listing().ifPresent(l -> requireListed(l.path(), l.sha256(), checksums));
  }

  private void requireListed(String path, Checksum sha256, Map<String, Checksum> checksums) {
    requireListed(path, checksums);
    if (!sha256.equals(checksums.get(path))) {
      throw damaged(
          "its manifest and its " + SetLayout.CHECKSUMS + " disagree about " + path + ".");
    }
  }

  private void requireListed(String path, Map<String, Checksum> checksums) {
    if (!checksums.containsKey(path)) {
      throw damaged(path + " is not listed in its " + SetLayout.CHECKSUMS + ".");
    }
  }

  private IntegrityFailure damaged(String why) {
    return new IntegrityFailure(
        "The set " + name + " is damaged: " + why,
        "Choose another set, or another target that holds this one (--target).");
  }

  /** {@code sha256sum ./*} by hand writes a leading {@code ./}; nothing may lead out of the set. */
  private String safePath(String path) {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    try {
      return new BlobKey(plain).value();
    } catch (IllegalArgumentException e) {
      throw damagedChecksums("it names a path that leads out of the set: " + path, e);
    }
  }

  private IntegrityFailure damagedChecksums(String why, RuntimeException cause) {
    return new IntegrityFailure(
        "The " + SetLayout.CHECKSUMS + " at " + location() + " cannot be used: " + why,
        "Choose another set, or another target that holds this one (--target).",
        cause);
  }

  private BlobKey key(String path) {
    return new BlobKey(name + "/" + path);
  }
}
