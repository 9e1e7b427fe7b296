package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.OutputStream;

/** Writes a blob to a temporary name, and publishes that at commit. */
final class WebDavWriter implements BlobWriter {

  private final BlobKey key;
  private final String nonce = Workshop.nonce();
  private final Upload upload;
  private final Publisher publisher;
  private boolean committed;
  private boolean closed;

  WebDavWriter(BlobKey key, Workshop workshop, Publisher publisher) {
    this.key = key;
    this.upload = new Upload(workshop, nonce, "write " + key);
    this.publisher = publisher;
  }

  @Override
  public OutputStream body() {
    return upload;
  }

  @Override
  public void commit() {
    if (closed || committed) {
      throw new IllegalStateException("a writer commits once, before it is closed");
    }
    publisher.publish(key, nonce, upload);
    committed = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!committed) {
      upload.abandon();
    }
  }
}
