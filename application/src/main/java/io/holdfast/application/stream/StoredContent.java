package io.holdfast.application.stream;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A file of a stored set, read through its checksum. */
public final class StoredContent implements ArtifactContent {

  /** Large enough that a hash runs at its full speed. */
  private static final int BUFFER = 1 << 18;

  private final StoredSet set;
  private final String path;
  private final Checksum checksum;
  private final Encoding encoding;
  private final Codecs codecs;
  private final LongConsumer progress;
  private final Cancellation cancellation;

  private volatile boolean verified;

  private StoredContent(
      StoredSet set,
      String path,
      Checksum checksum,
      Encoding encoding,
      Codecs codecs,
      LongConsumer progress,
      Cancellation cancellation) {
    this.set = set;
    this.path = path;
    this.checksum = checksum;
    this.encoding = encoding;
    this.codecs = codecs;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * An artifact's bytes.
   *
   * @param progress told how many more stored bytes were read
   */
  public static StoredContent of(
      StoredSet set,
      StoredArtifact artifact,
      Codecs codecs,
      LongConsumer progress,
      Cancellation cancellation) {
    return new StoredContent(
        set,
        artifact.path(),
        artifact.sha256(),
        artifact.encoding(),
        codecs,
        progress,
        cancellation);
  }

  /** The names of a volume's members. */
  public static StoredContent of(
      StoredSet set, Listing listing, Codecs codecs, Cancellation cancellation) {
    return new StoredContent(
        set, listing.path(), listing.sha256(), Encoding.GZIP, codecs, bytes -> {}, cancellation);
  }

  /**
   * Reads a file as it is stored and compares its checksum.
   *
   * @return how long it is
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the checksum differs
   */
  public static long verify(
      StoredSet set,
      String path,
      Checksum checksum,
      LongConsumer progress,
      Cancellation cancellation)
      throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = openChecked(set, path, checksum, progress)) {
      int read = in.read(buffer);
      while (read >= 0) {
        cancellation.throwIfCancelled();
        bytes += read;
        read = in.read(buffer);
      }
    }
    return bytes;
  }

  /** A file as it is stored; at its end a checksum that differs fails the read. */
  static InputStream openChecked(
      StoredSet set, String path, Checksum checksum, LongConsumer progress) {
    return new ChecksumInputStream(
        set.open(path), checksum, describe(set, path), progress, () -> {});
  }

  @Override
  public InputStream open() throws IOException {
    InputStream stored =
        new ChecksumInputStream(
            set.open(path), checksum, describe(), progress, () -> verified = true);
    try {
      return new DrainingStream(codecs.of(encoding).decompress(stored), stored);
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /** True once the bytes were read to their end and the checksum matched. */
  public boolean isVerified() {
    return verified;
  }

  @Override
  public Optional<Path> localFile() {
    return encoding == Encoding.NONE ? set.localFile(path) : Optional.empty();
  }

  @Override
  public long storedBytes() {
    return set.stat(path).bytes();
  }

  @Override
  public String describe() {
    return describe(set, path);
  }

  private static String describe(StoredSet set, String path) {
    return path + " of set " + set.name();
  }

  /**
   * At the plain end reads what the decompressor left, so that the checksum has seen every byte.
   */
  private final class DrainingStream extends FilterInputStream {
    private final InputStream stored;

    private DrainingStream(InputStream plain, InputStream stored) {
      super(plain);
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      cancellation.throwIfCancelled();
      int read = in.read(buffer, offset, length);
      if (read < 0) {
        stored.transferTo(OutputStream.nullOutputStream());
      }
      return read;
    }
  }
}
