package io.holdfast.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Passes bytes on, and keeps the first and the last few of them. */
final class PassingTap {

  private static final int BUFFER = 64 << 10;

  private final byte[] head;
  private final byte[] tail;
  private int headLength;
  private int tailLength;
  private long bytes;
  private long statementEnds;
  private int previous;

  PassingTap(int headBytes, int tailBytes) {
    this.head = new byte[headBytes];
    this.tail = new byte[tailBytes];
  }

  /** Copies to the end of the stream. */
  void pass(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read = in.read(buffer);
    while (read >= 0) {
      out.write(buffer, 0, read);
      see(buffer, read);
      read = in.read(buffer);
    }
  }

  private void see(byte[] buffer, int length) {
    int forHead = Math.min(length, head.length - headLength);
    System.arraycopy(buffer, 0, head, headLength, forHead);
    headLength += forHead;
    keepTail(buffer, length);
    if (tail.length > 0) {
      countStatements(buffer, length);
    }
    bytes += length;
  }

  private void keepTail(byte[] buffer, int length) {
    int kept = Math.min(tail.length, length);
    int old = Math.min(tailLength, tail.length - kept);
    System.arraycopy(tail, tailLength - old, tail, 0, old);
    System.arraycopy(buffer, length - kept, tail, old, kept);
    tailLength = old + kept;
  }

  private void countStatements(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n' && previous == ';') {
        statementEnds++;
      }
      previous = buffer[i];
    }
  }

  /** How many bytes passed. */
  long bytes() {
    return bytes;
  }

  /** How many lines ended in a semicolon, where the tail is kept. */
  long statementEnds() {
    return statementEnds;
  }

  /** The first bytes. */
  InputStream head() {
    return new ByteArrayInputStream(head, 0, headLength);
  }

  /** The last bytes as text. */
  String tail() {
    return new String(Arrays.copyOf(tail, tailLength), StandardCharsets.UTF_8);
  }
}
