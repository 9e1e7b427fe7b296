package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import java.io.IOException;
import java.io.OutputStream;

/** A store whose writers can be made to do wrong: begins as one that does right. */
class TamperedBlobStore extends ForwardingBlobStore {

  TamperedBlobStore(BlobStore inner) {
    super(inner);
  }

  @Override
  public BlobWriter create(BlobKey key) {
    return new Writer(key, super.create(key));
  }

  /** What a commit does. */
  void commit(BlobKey key, BlobWriter honest) {
    honest.commit();
  }

  /** What closing a writer does; the call after a commit is told, and so is the second one. */
  void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
    honest.close();
  }

  /** Where a body's bytes go. */
  void write(BlobKey key, BlobWriter honest, byte[] bytes, int offset, int length)
      throws IOException {
    honest.body().write(bytes, offset, length);
  }

  /** What closing a body does. */
  void closeBody(BlobKey key, BlobWriter honest) throws IOException {
    honest.body().close();
  }

  private final class Writer implements BlobWriter {
    private final BlobKey key;
    private final BlobWriter honest;
    private final OutputStream body = new Body();
    private boolean committed;
    private boolean closed;

    private Writer(BlobKey key, BlobWriter honest) {
      this.key = key;
      this.honest = honest;
    }

    @Override
    public OutputStream body() {
      return body;
    }

    @Override
    public void commit() {
      TamperedBlobStore.this.commit(key, honest);
      committed = true;
    }

    @Override
    public void close() {
      TamperedBlobStore.this.close(key, honest, committed, closed);
      closed = true;
    }

    private final class Body extends OutputStream {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        TamperedBlobStore.this.write(key, honest, bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        closeBody(key, honest);
      }
    }
  }
}
