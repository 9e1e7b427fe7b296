package io.holdfast.application.testing;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose process is killed after so many calls: none of the later ones reaches it. */
public final class MortalBlobStore extends ForwardingBlobStore {

  private final int life;
  private final AtomicInteger calls = new AtomicInteger();

  public MortalBlobStore(BlobStore inner, int life) {
    super(inner);
    this.life = life;
  }

  /** The end of the process, which nobody catches. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void live() {
    if (calls.incrementAndGet() > life) {
      throw new Killed();
    }
  }

  @Override
  public BlobWriter create(BlobKey key) {
    live();
    BlobWriter writer = super.create(key);
    return new BlobWriter() {
      @Override
      public OutputStream body() {
        return writer.body();
      }

      @Override
      public void commit() {
        live();
        writer.commit();
      }

      @Override
      public void close() {
        live();
        writer.close();
      }
    };
  }

  @Override
  public InputStream open(BlobKey key) {
    live();
    return super.open(key);
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    live();
    return super.stat(key);
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    live();
    super.list(prefix, visitor);
  }

  @Override
  public void delete(BlobKey key) {
    live();
    super.delete(key);
  }

  @Override
  public void clearAbandoned() {
    live();
    super.clearAbandoned();
  }
}
