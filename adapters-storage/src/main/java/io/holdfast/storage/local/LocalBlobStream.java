package io.holdfast.storage.local;

import io.holdfast.storage.disk.DiskFailures;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a blob's file. A plain file stream, and no channel: an interrupt in the thread that reads
 * does not close it halfway.
 */
final class LocalBlobStream extends FilterInputStream {

  private final Path path;

  LocalBlobStream(FileInputStream file, Path path) {
    super(file);
    this.path = path;
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw DiskFailures.of("read", path, e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      throw DiskFailures.of("read", path, e);
    }
  }

  @Override
  public long skip(long bytes) {
    try {
      return super.skip(bytes);
    } catch (IOException e) {
      throw DiskFailures.of("read", path, e);
    }
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw DiskFailures.of("close", path, e);
    }
  }
}
