package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blob's bytes and cuts them into pieces. A write that failed leaves an unknown part
 * behind, so from then on everything fails with it, the commit too.
 */
final class SftpBody extends OutputStream {

  private final Upload upload;
  private final String target;
  private byte[] buffer;
  private int used;
  private boolean closed;
  private @Nullable StorageFailure failure;

  SftpBody(Upload upload, String target) {
    this.upload = upload;
    this.target = target;
    this.buffer = upload.buffer();
  }

  @Override
  public void write(int b) throws IOException {
    requireOpen();
    buffer[used++] = (byte) b;
    if (used == buffer.length) {
      drain();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int taken = 0;
    while (taken < length) {
      int now = Math.min(length - taken, buffer.length - used);
      System.arraycopy(bytes, offset + taken, buffer, used, now);
      used += now;
      taken += now;
      if (used == buffer.length) {
        drain();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    drain();
  }

  /** Hands what is buffered on; the file stays open for the commit. */
  @Override
  public void close() {
    throwFailure();
    if (!closed) {
      drain();
      closed = true;
    }
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
    if (used == 0) {
      return;
    }
    try {
      upload.send(buffer, used);
      buffer = upload.buffer();
      used = 0;
    } catch (StorageFailure e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public String toString() {
    return "SftpBody[" + target + "]";
  }
}
