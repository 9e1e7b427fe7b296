package io.holdfast.storage.local;

import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.storage.disk.DiskFailures;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes a blob to a temporary file, and publishes that at commit. */
final class LocalBlobWriter implements BlobWriter {

  private final Path target;
  private final TemporaryFile temporary;
  private final Publisher publisher;
  private final FileOutputStream file;
  private final LocalBody body;
  private boolean committed;
  private boolean closed;

  private LocalBlobWriter(
      Path target, TemporaryFile temporary, Publisher publisher, FileOutputStream file) {
    this.target = target;
    this.temporary = temporary;
    this.publisher = publisher;
    this.file = file;
    this.body = new LocalBody(file, target);
  }

  /** Opens a temporary file for writing; leaves none when that fails. */
  static LocalBlobWriter open(Path target, TemporaryFile temporary, Publisher publisher)
      throws IOException {
    try {
      FileOutputStream file = new FileOutputStream(temporary.path().toFile());
      return new LocalBlobWriter(target, temporary, publisher, file);
    } catch (IOException e) {
      try {
        temporary.abandon();
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  @Override
  public OutputStream body() {
    return body;
  }

  @Override
  public void commit() {
    if (closed || committed) {
      throw new IllegalStateException("a writer commits once, before it is closed");
    }
    body.close();
    try {
      file.getFD().sync();
      file.close();
    } catch (IOException e) {
      throw DiskFailures.of("write", target, e);
    }
    publisher.publish(temporary.path(), target);
    committed = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    body.abandon();
    try (file) {
      if (!committed) {
        temporary.abandon();
      }
    } catch (IOException e) {
      throw DiskFailures.of("clean up after", target, e);
    }
  }
}
