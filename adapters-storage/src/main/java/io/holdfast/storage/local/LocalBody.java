package io.holdfast.storage.local;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.storage.disk.DiskFailures;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blob's bytes, in few and large writes. A write that failed leaves an unknown part behind,
 * so from then on everything fails with it, the commit too.
 */
final class LocalBody extends OutputStream {

  private static final int BUFFER = 128 * 1024;

  private final FileOutputStream file;
  private final Path target;
  private final byte[] buffer = new byte[BUFFER];
  private int used;
  private boolean closed;
  private @Nullable StorageFailure failure;

  LocalBody(FileOutputStream file, Path target) {
    this.file = file;
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    requireOpen();
    if (used == BUFFER) {
      drain();
    }
    buffer[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    if (length > BUFFER - used) {
      drain();
    }
    if (length >= BUFFER) {
      send(bytes, offset, length);
      return;
    }
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    drain();
  }

  /** Hands what is buffered on; the file stays open for the commit. */
  @Override
  public void close() {
    if (!closed) {
      drain();
      closed = true;
    }
    throwFailure();
  }

  /** Takes no more bytes, and drops those that are buffered. */
  void abandon() {
    closed = true;
    used = 0;
  }

  private void requireOpen() throws IOException {
    throwFailure();
    if (closed) {
      throw new IOException("The body of " + target + " is closed");
    }
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void drain() {
    throwFailure();
    send(buffer, 0, used);
    used = 0;
  }

  private void send(byte[] bytes, int offset, int length) {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      failure = DiskFailures.of("write", target, e);
      throw failure;
    }
  }
}
