package io.holdfast.application.testing;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A target that goes away while one file is written: it can neither write nor drop that file. */
public final class BlobStoreThatCannotDrop implements BlobStore {

  private final BlobStore inner;
  private final String path;

  /**
   * @param path what the keys of the files end in that cannot be written
   */
  public BlobStoreThatCannotDrop(BlobStore inner, String path) {
    this.inner = inner;
    this.path = path;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    BlobWriter writer = inner.create(key);
    return key.value().endsWith(path) ? new Gone(writer) : writer;
  }

  @Override
  public InputStream open(BlobKey key) {
    return inner.open(key);
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    return inner.stat(key);
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    inner.list(prefix, visitor);
  }

  @Override
  public void delete(BlobKey key) {
    inner.delete(key);
  }

  @Override
  public void clearAbandoned() {
    inner.clearAbandoned();
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return inner.localFile(key);
  }

  @Override
  public OptionalLong freeBytes() {
    return inner.freeBytes();
  }

  @Override
  public List<String> features() {
    return inner.features();
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public void close() {
    inner.close();
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
