package io.holdfast.application.stream;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.domain.checksum.Checksum;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Hashes what is read; at the end of the stream a checksum that differs fails the read, and one
 * that matches is told.
 */
final class ChecksumInputStream extends FilterInputStream {

  private final MessageDigest digest = Sha256.newDigest();
  private final Checksum expected;
  private final String file;
  private final LongConsumer progress;
  private final Runnable matched;
  private Optional<Checksum> actual = Optional.empty();

  ChecksumInputStream(
      InputStream from, Checksum expected, String file, LongConsumer progress, Runnable matched) {
    super(from);
    this.expected = expected;
    this.file = file;
    this.progress = progress;
    this.matched = matched;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read >= 0) {
      digest.update(buffer, offset, read);
      progress.accept(read);
    } else {
      compare();
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] passed = new byte[(int) Math.max(0, Math.min(wanted, 1 << 16))];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** A mismatch fails every read from the end on: no reader may take a second try for the end. */
  private void compare() {
    Checksum found = actual.orElseGet(() -> Checksum.of(digest.digest()));
    actual = Optional.of(found);
    if (!found.equals(expected)) {
      throw new IntegrityFailure(
          file + " is damaged: its SHA-256 is " + found + " and should be " + expected + ".",
          "Choose another set, or another target that holds this one (--target).");
    }
    matched.run();
  }
}
