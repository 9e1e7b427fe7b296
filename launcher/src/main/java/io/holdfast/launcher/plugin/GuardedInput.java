package io.holdfast.launcher.plugin;

import java.io.IOException;
import java.io.InputStream;

/** A plugin's reading stream behind a {@link Guard}. */
final class GuardedInput extends InputStream {

  private final InputStream in;
  private final Guard guard;
  private final String what;

  GuardedInput(InputStream in, Guard guard, String what) {
    this.in = in;
    this.guard = guard;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int[] count = new int[1];
    guard.streaming(what, () -> count[0] = in.read(into, offset, length));
    return count[0];
  }

  @Override
  public int available() throws IOException {
    int[] count = new int[1];
    guard.streaming(what, () -> count[0] = in.available());
    return count[0];
  }

  @Override
  public long skip(long bytes) throws IOException {
    long[] count = new long[1];
    guard.streaming(what, () -> count[0] = in.skip(bytes));
    return count[0];
  }

  @Override
  public void close() throws IOException {
    guard.streaming(what, in::close);
  }
}
