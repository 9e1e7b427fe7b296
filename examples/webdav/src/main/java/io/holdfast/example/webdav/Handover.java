package io.holdfast.example.webdav;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hands bytes from the thread that writes a blob to the one that sends it, a few pieces ahead. */
final class Handover extends InputStream {

  private static final int PIECES = 4;
  private static final byte[] END = new byte[0];
  private static final long LOOK_MILLIS = 200;

  private final ArrayBlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private byte[] current = END;
  private int at;
  private boolean ended;

  /**
   * Hands a piece on; waits while enough of them are under way.
   *
   * @param goOn asked while it waits
   * @return false when it was told not to wait any longer
   */
  boolean put(byte[] bytes, int offset, int length, BooleanSupplier goOn) {
    return offer(Arrays.copyOfRange(bytes, offset, offset + length), goOn);
  }

  /** No more bytes come. */
  boolean end(BooleanSupplier goOn) {
    return offer(END, goOn);
  }

  private boolean offer(byte[] piece, BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      if (Boolean.TRUE.equals(
          Patience.waitFor(() -> pieces.offer(piece, LOOK_MILLIS, TimeUnit.MILLISECONDS)))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean next() {
    if (ended) {
      return false;
    }
    byte @Nullable [] piece = Patience.waitFor(pieces::take);
    current = Objects.requireNonNull(piece);
    at = 0;
    ended = current == END;
    return !ended;
  }
}
