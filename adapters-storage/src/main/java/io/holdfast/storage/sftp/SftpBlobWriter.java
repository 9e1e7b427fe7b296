package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.BlobWriter;
import java.io.OutputStream;

/** Writes a blob to a temporary file on the server, and publishes that at commit. */
final class SftpBlobWriter implements BlobWriter {

  private final RemotePath target;
  private final RemoteTemporaryFile temporary;
  private final RemotePublisher publisher;
  private final Upload upload;
  private final SftpBody body;
  private boolean committed;
  private boolean closed;

  SftpBlobWriter(
      RemotePath target,
      RemoteTemporaryFile temporary,
      RemotePublisher publisher,
      Upload upload,
      String shown) {
    this.target = target;
    this.temporary = temporary;
    this.publisher = publisher;
    this.upload = upload;
    this.body = new SftpBody(upload, shown);
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
    upload.finish();
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
    upload.abandon();
    if (!committed) {
      temporary.abandon();
    }
  }

  @Override
  public String toString() {
    return "SftpBlobWriter[" + target + "]";
  }
}
