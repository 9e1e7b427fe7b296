package io.holdfast.application.stream;

import io.holdfast.application.port.out.command.Cancellation;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Counts what passes, tells of it in steps, and ends when the run is cancelled. */
final class ProgressOutputStream extends FilterOutputStream {

  private static final long STEP = 1 << 20;

  private final LongConsumer progress;
  private final Cancellation cancellation;
  private long bytes;
  private long untold;

  ProgressOutputStream(OutputStream to, LongConsumer progress, Cancellation cancellation) {
    super(to);
    this.progress = progress;
    this.cancellation = cancellation;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    cancellation.throwIfCancelled();
    out.write(buffer, offset, length);
    bytes += length;
    untold += length;
    if (untold >= STEP) {
      progress.accept(untold);
      untold = 0;
    }
  }

  /** Tells of what is left of a step. */
  void end() {
    progress.accept(untold);
    untold = 0;
  }

  long bytes() {
    return bytes;
  }
}
