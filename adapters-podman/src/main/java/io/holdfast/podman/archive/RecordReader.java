package io.holdfast.podman.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a tar stream by records while it passes on to another stream. A stretch is passed on only
 * when all of it was looked at, so that a member that is refused reaches nobody.
 */
final class RecordReader {

  static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

  private static final int BUFFER = 64 * 1024;

  private final InputStream from;
  private final OutputStream to;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long bytes;

  RecordReader(InputStream from, OutputStream to) {
    this.from = from;
    this.to = to;
  }

  /** Reads one record; false when the stream ends before it or within it. */
  boolean read(byte[] record) throws IOException {
    return read(record, RECORD);
  }

  /** Reads so many bytes; false when the stream ends before. */
  boolean read(byte[] into, int length) throws IOException {
    int have = 0;
    while (have < length) {
      if (position == limit && !fill()) {
        return false;
      }
      int count = Math.min(length - have, limit - position);
      System.arraycopy(buffer, position, into, have, count);
      position += count;
      have += count;
    }
    return true;
  }

  /** Skips so many bytes; false when the stream ends before. */
  boolean skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      if (position == limit && !fill()) {
        return false;
      }
      int count = (int) Math.min(left, limit - position);
      position += count;
      left -= count;
    }
    return true;
  }

  /** Shows so many bytes to a taker; false when the stream ends before. */
  boolean show(long length, MemberVisitor taker) throws IOException {
    long left = length;
    while (left > 0) {
      if (position == limit && !fill()) {
        return false;
      }
      int count = (int) Math.min(left, limit - position);
      taker.content(buffer, position, count);
      position += count;
      left -= count;
    }
    return true;
  }

  /** Passes on what is left of the stream. */
  void finish() throws IOException {
    boolean more = true;
    while (more) {
      position = limit;
      more = fill();
    }
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  private boolean fill() throws IOException {
    to.write(buffer, 0, limit);
    position = 0;
    limit = 0;
    int count = from.read(buffer);
    if (count < 0) {
      return false;
    }
    limit = count;
    bytes += count;
    return true;
  }
}
