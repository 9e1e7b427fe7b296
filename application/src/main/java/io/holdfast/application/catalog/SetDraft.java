package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A set that is being written to one target. It exists for readers once {@link #publish} has
 * written {@code checksums.sha256}, the last of its files; {@link #abandon} takes it back. Safe for
 * use by several threads.
 */
public final class SetDraft {

  private final BlobStore store;
  private final MetadataCodec codec;
  private final String name;

  /** What this draft may have put there, and nobody else. */
  private final Set<BlobKey> written = ConcurrentHashMap.newKeySet();

  SetDraft(BlobStore store, MetadataCodec codec, String name) {
    this.store = store;
    this.codec = codec;
    this.name = name;
  }

  /** Begins a file of the set. */
  public BlobWriter create(String path) {
    BlobKey key = key(path);
    return new OwnWriter(key, store.create(key));
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
    write(SetLayout.CHECKSUMS, utf8(new ChecksumFile(entries).render()));
  }

  /**
   * Removes every file that this draft has put there, its checksums first, and no file of another.
   */
  public void abandon() {
    BlobKey checksums = key(SetLayout.CHECKSUMS);
    if (written.contains(checksums)) {
      store.delete(checksums);
    }
    written.forEach(store::delete);
  }

  private ChecksumEntry write(String path, byte[] bytes) {
    SmallBlob.write(create(path), location(path), bytes);
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

  private String location(String path) {
    return key(path) + " on " + store.location();
  }

  private BlobKey key(String path) {
    return new BlobKey(name + "/" + path);
  }

  /** Notes what it commits as the draft's own, unless it was somebody else's already. */
  private final class OwnWriter implements BlobWriter {
    private final BlobKey key;
    private final BlobWriter writer;

    private OwnWriter(BlobKey key, BlobWriter writer) {
      this.key = key;
      this.writer = writer;
    }

    @Override
    public OutputStream body() {
      return writer.body();
    }

    @Override
    public void commit() {
      boolean first = written.add(key);
      try {
        writer.commit();
      } catch (StorageFailure failure) {
        if (first && failure.kind() == FailureKind.ALREADY_EXISTS) {
          written.remove(key);
        }
        throw failure;
      }
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
