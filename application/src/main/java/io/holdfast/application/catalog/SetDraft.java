package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.checksum.ChecksumEntry;
import io.holdfast.domain.checksum.ChecksumFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A set that is being written to one target. It exists for readers once {@link #publish} has
 * written {@code checksums.sha256}, the last of its files; until then {@link #abandon} takes it
 * back.
 */
public final class SetDraft {

  private final BlobStore store;
  private final MetadataCodec codec;
  private final String name;

  SetDraft(BlobStore store, MetadataCodec codec, String name) {
    this.store = store;
    this.codec = codec;
    this.name = name;
  }

  /** Begins a file of the set. */
  public BlobWriter create(String path) {
    return store.create(key(path));
  }

  /**
   * Writes the guide, the manifest and, last, the checksums of every file. After this the set
   * exists.
   *
   * @param clusters where each cluster is reached, by name, for the guide
   */
  public void publish(Manifest manifest, Map<String, ClusterAddress> clusters) {
    List<ChecksumEntry> entries = new ArrayList<>();
    manifest.stored().map(SetDraft::entry).forEach(entries::add);
    entries.add(write(SetLayout.MANIFEST, codec.write(manifest)));
    entries.add(
        write(SetLayout.RESTORE_GUIDE, utf8(new RestoreGuide(manifest, clusters).render())));
    entries.sort(Comparator.comparing(ChecksumEntry::path));
    SmallBlob.write(store, key(SetLayout.CHECKSUMS), utf8(new ChecksumFile(entries).render()));
  }

  /** Removes every file of the set, its checksums first should they be there. */
  public void abandon() {
    List<BlobKey> keys = new ArrayList<>();
    store.list(name + "/", blob -> keys.add(blob.key()));
    store.delete(key(SetLayout.CHECKSUMS));
    keys.forEach(store::delete);
  }

  private ChecksumEntry write(String path, byte[] bytes) {
    SmallBlob.write(store, key(path), bytes);
    return new ChecksumEntry(sha256(bytes), path);
  }

  private static ChecksumEntry entry(StoredArtifact artifact) {
    return new ChecksumEntry(artifact.sha256(), artifact.path());
  }

  private static Checksum sha256(byte[] bytes) {
    try {
      return Checksum.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private BlobKey key(String path) {
    return new BlobKey(name + "/" + path);
  }
}
