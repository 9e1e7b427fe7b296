package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Pin;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A set that is being written to one target. It exists for readers once {@link #publish} has
 * written {@code checksums.sha256}, the last of its files; {@link #abandon} takes it back. Safe for
 * use by several threads.
 *
 * <p>A run may be stopped between any two steps, for an hour (SIGSTOP, a virtual machine that is
 * paused, a target that hangs), and then go on as if nothing had been. Meanwhile its lock expires,
 * and a taker removes its unfinished set. Were its checksums committed after that, a set without
 * its files would be visible. No look at the lock keeps it from that, as the stop may come after
 * the look. The order of steps does:
 *
 * <ol>
 *   <li>the sleeper (a) begins the writer of the checksums, (b) looks whether the lock is its own,
 *       (c) commits, (d) looks again, and takes the set back when the lock is lost;
 *   <li>the taker (1) removes the sleeper's lock, (2) lets the store {@link
 *       BlobStore#clearAbandoned stop every writer} that was begun so far, (3) lists the set, and
 *       removes it when it has no checksums.
 * </ol>
 *
 * <p>If (b) finds the lock its own, (b) is before (1), so (a) is before (2). Then (c) is either
 * before (2), and (3) finds the checksums of a set that is whole and keeps it; or it is after (2),
 * and fails, as its writer was stopped. If (b) finds the lock lost there is no (c). So every set
 * that is visible at any moment is whole, wherever either of them is stopped or killed. A set that
 * (d) takes back goes as any deletion does, its checksums first.
 *
 * <p>That holds where {@link BlobStore#clearingStopsWriters}. Where a commit is one request that
 * nothing can call back (a plain PUT to an object store), the taker does not remove the set of a
 * holder that is not known to be dead: then all files of it are still there if the sleeper does
 * commit, and if it does not, the set stays incomplete and old enough for {@code prune}.
 */
public final class SetDraft {

  private final BlobStore store;
  private final MetadataCodec codec;
  private final String name;

  /** What this draft may have put there, and nobody else. */
  private final Set<BlobKey> written = ConcurrentHashMap.newKeySet();

  /** What the checksums will name. */
  private final List<ChecksumEntry> listed = new CopyOnWriteArrayList<>();

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
   * Writes the guide, the first step of the publication.
   *
   * @param clusters where each cluster is reached, by name
   */
  public void writeGuide(Manifest manifest, Map<String, ClusterAddress> clusters) {
    listed.add(write(SetLayout.RESTORE_GUIDE, utf8(new RestoreGuide(manifest, clusters).render())));
  }

  /**
   * Pins the set, before it is visible: no prune ever sees it without its pin. The pin goes with
   * the set when that is abandoned; one that is there already stays.
   */
  public void pin(Pin pin) {
    BlobKey key = new BlobKey(MarkKeys.PINS.folder() + name);
    try {
      SmallBlob.write(
          new OwnWriter(key, store.create(key)), key + " on " + store.location(), codec.write(pin));
    } catch (StorageFailure failure) {
      if (failure.kind() != FailureKind.ALREADY_EXISTS) {
        throw failure;
      }
    }
  }

  /** Writes the manifest, the step before the last. */
  public void writeManifest(Manifest manifest) {
    manifest.stored().flatMap(SetDraft::entries).forEach(listed::add);
    listed.add(write(SetLayout.MANIFEST, codec.write(manifest)));
  }

  /**
   * Writes the checksums of every file, the last step. After this the set exists.
   *
   * @param fence what keeps a run that lost its lock from publishing; when it does so after the
   *     checksums were written, {@link #abandon} is to be called as after any failure
   */
  public void publish(Fence fence) {
    List<ChecksumEntry> entries = new ArrayList<>(listed);
    entries.sort(Comparator.comparing(ChecksumEntry::path));
    publish(utf8(new ChecksumFile(entries).render()), fence);
  }

  /**
   * Publishes a set whose files were copied, by the checksums of the one that it is a copy of. It
   * is not taken back when the fence finds the lock lost after that: a copy's files are never
   * removed for another run, so that it is whole.
   */
  public void publishCopy(byte[] checksums, Fence fence) {
    publish(checksums, fence);
  }

  private void publish(byte[] checksums, Fence fence) {
    SmallBlob.write(create(SetLayout.CHECKSUMS), location(SetLayout.CHECKSUMS), checksums, fence);
    fence.confirm();
  }

  /** Removes a file that does not belong to the set as it will be published. */
  public void remove(String path) {
    store.delete(key(path));
  }

  /**
   * Removes every file that this draft has put there, its checksums first, and no file of another.
   */
  public void abandon() {
    abandon(() -> {});
  }

  /**
   * The same once the set is visible elsewhere, so that somebody may be copying it here.
   *
   * @param fence what keeps a run that lost its lock from removing more than its own checksums: the
   *     other files may be those of a copy by now
   */
  public void abandon(Fence fence) {
    takeBack(key(SetLayout.CHECKSUMS));
    if (!written.isEmpty()) {
      fence.confirm();
      List.copyOf(written).forEach(this::takeBack);
    }
  }

  private void takeBack(BlobKey key) {
    if (written.contains(key)) {
      store.delete(key);
      written.remove(key);
    }
  }

  private ChecksumEntry write(String path, byte[] bytes) {
    SmallBlob.write(create(path), location(path), bytes);
    return new ChecksumEntry(sha256(bytes), path);
  }

  private static Stream<ChecksumEntry> entries(StoredArtifact artifact) {
    return Stream.concat(
        Stream.of(new ChecksumEntry(artifact.sha256(), artifact.path())),
        artifact.listing().map(l -> new ChecksumEntry(l.sha256(), l.path())).stream());
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
