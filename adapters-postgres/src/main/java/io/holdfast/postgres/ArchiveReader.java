package io.holdfast.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the numbers and texts of a dump in custom format. A number is a sign byte and, the lowest
 * first, as many bytes as the header says; a text is its length and its bytes, or -1 for none.
 */
final class ArchiveReader {

  private static final int LONGEST_INT = 8;

  private final InputStream in;
  private int intBytes = 4;

  /** A reader of a stream, which should be buffered. */
  ArchiveReader(InputStream in) {
    this.in = in;
  }

  /** Sets how long a number is, once the header has said so. */
  void intBytes(int bytes) throws MalformedArchiveException {
    if (bytes < 1 || bytes > LONGEST_INT) {
      throw new MalformedArchiveException("its numbers are " + bytes + " bytes long");
    }
    intBytes = bytes;
  }

  int unsignedByte() throws IOException, MalformedArchiveException {
    int read = in.read();
    if (read < 0) {
      throw cut();
    }
    return read;
  }

  byte[] bytes(int count) throws IOException, MalformedArchiveException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw cut();
    }
    return read;
  }

  int integer() throws IOException, MalformedArchiveException {
    int sign = unsignedByte();
    long value = 0;
    for (int i = 0; i < intBytes; i++) {
      value |= (long) unsignedByte() << (8 * i);
    }
    long signed = sign == 0 ? value : -value;
    if (signed < Integer.MIN_VALUE || signed > Integer.MAX_VALUE) {
      throw new MalformedArchiveException("a number in its table of contents is out of range");
    }
    return (int) signed;
  }

  /**
   * A text, or empty for none.
   *
   * @param longest how many bytes it may have: no more are ever held in memory
   */
  Optional<byte[]> text(int longest) throws IOException, MalformedArchiveException {
    int length = integer();
    if (length < 0) {
      return Optional.empty();
    }
    if (length > longest) {
      throw new MalformedArchiveException(
          "a text of " + length + " bytes stands where at most " + longest + " are expected");
    }
    return Optional.of(bytes(length));
  }

  /** Passes over a text of any length; false where there is none. */
  boolean skipText() throws IOException, MalformedArchiveException {
    int length = integer();
    if (length < 0) {
      return false;
    }
    skip(length);
    return true;
  }

  void skip(int count) throws IOException, MalformedArchiveException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw cut();
    }
  }

  private static MalformedArchiveException cut() {
    return new MalformedArchiveException("it ends within its table of contents");
  }
}
