package io.holdfast.application.testing;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import java.io.IOException;
import java.io.OutputStream;

/** A target that goes away while one file is written: it can neither write nor drop that file. */
public final class BlobStoreThatCannotDrop extends ForwardingBlobStore {

  private final String path;

  /**
   * @param path what the keys of the files end in that cannot be written
   */
  public BlobStoreThatCannotDrop(BlobStore inner, String path) {
    super(inner);
    this.path = path;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    BlobWriter writer = super.create(key);
    return key.value().endsWith(path) ? new Gone(writer) : writer;
  }

  private record Gone(BlobWriter writer) implements BlobWriter {
    @Override
    public OutputStream body() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("cannot write: connection reset");
        }
      };
    }

    @Override
    public void commit() {
      throw gone("commit");
    }

    @Override
    public void close() {
      writer.close();
      throw gone("drop");
    }

    private static StorageFailure gone(String what) {
      return new StorageFailure(
          FailureKind.STORAGE_UNREACHABLE, "cannot " + what + ": connection reset", "");
    }
  }
}
