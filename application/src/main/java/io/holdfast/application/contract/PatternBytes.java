package io.holdfast.application.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;

/** Bytes of any number: cheap to make, hard to mistake, compared as they stream. */
final class PatternBytes {

  private static final int BLOCK = 64 * 1024;

  private final byte[] block = new byte[BLOCK];
  private final long length;
  private final Runnable beforeEachBlock;

  PatternBytes(long seed, long length) {
    this(seed, length, () -> {});
  }

  /**
   * @param beforeEachBlock may end the work by what it throws
   */
  PatternBytes(long seed, long length, Runnable beforeEachBlock) {
    new Random(seed).nextBytes(block);
    this.length = length;
    this.beforeEachBlock = beforeEachBlock;
  }

  /** Writes all of them, in pieces of which no two neighbours are the same. */
  void writeTo(OutputStream out) throws IOException {
    long left = length;
    for (int number = 0; left > 0; number++) {
      beforeEachBlock.run();
      stamp(block, number);
      int size = (int) Math.min(left, BLOCK);
      out.write(block, 0, size);
      left -= size;
    }
  }

  /** Says where a stream first differs; minus one when it is the same to its end. */
  long firstDifference(InputStream in) throws IOException {
    byte[] read = new byte[BLOCK];
    long at = 0;
    for (int number = 0; at < length; number++) {
      beforeEachBlock.run();
      stamp(block, number);
      int size = (int) Math.min(length - at, BLOCK);
      int got = in.readNBytes(read, 0, size);
      for (int i = 0; i < got; i++) {
        if (read[i] != block[i]) {
          return at + i;
        }
      }
      at += got;
      if (got < size) {
        return at;
      }
    }
    return in.read() < 0 ? -1 : length;
  }

  private static void stamp(byte[] block, int number) {
    block[0] = (byte) number;
    block[1] = (byte) (number >> 8);
    block[2] = (byte) (number >> 16);
  }
}
