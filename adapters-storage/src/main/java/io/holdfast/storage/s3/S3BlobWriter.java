package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.BlobWriter;
import java.io.OutputStream;

/** Writes one blob: whole when it is small, in parts as they come when it is not. */
final class S3BlobWriter implements BlobWriter {

  private final S3Body body;
  private boolean committed;
  private boolean closed;

  S3BlobWriter(S3Body body) {
    this.body = body;
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
    body.publish();
    committed = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (committed) {
      body.release();
    } else {
      body.abandon();
    }
  }
}
