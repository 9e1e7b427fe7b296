package io.holdfast.launcher.plugin;

import java.io.IOException;
import java.io.OutputStream;

/** A plugin's writing stream behind a {@link Guard}. */
final class GuardedOutput extends OutputStream {

  private final OutputStream out;
  private final Guard guard;
  private final String what;

  GuardedOutput(OutputStream out, Guard guard, String what) {
    this.out = out;
    this.guard = guard;
    this.what = what;
  }

  @Override
  public void write(int b) throws IOException {
    guard.streaming(what, () -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    guard.streaming(what, () -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    guard.streaming(what, out::flush);
  }

  @Override
  public void close() throws IOException {
    guard.streaming(what, out::close);
  }

  @Override
  public String toString() {
    return guard.atWork(what, out::toString);
  }
}
