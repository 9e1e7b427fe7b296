package io.holdfast.application.stream;

import io.holdfast.domain.checksum.Checksum;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Hashes and counts what passes. */
final class HashingOutputStream extends FilterOutputStream {

  private final MessageDigest digest = Sha256.newDigest();
  private long bytes;

  HashingOutputStream(OutputStream to) {
    super(to);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
    bytes += length;
  }

  long bytes() {
    return bytes;
  }

  /** The checksum of all that passed; to be asked once. */
  Checksum checksum() {
    return Checksum.of(digest.digest());
  }
}
