package io.holdfast.application.port.out.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Hands every call on to another store: what a store that changes one thing begins with. */
public abstract class ForwardingBlobStore implements BlobStore {

  private final BlobStore inner;

  protected ForwardingBlobStore(BlobStore inner) {
    this.inner = inner;
  }

  /** The store that calls are handed on to. */
  protected final BlobStore inner() {
    return inner;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    return inner.create(key);
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
  public boolean clearingStopsWriters() {
    return inner.clearingStopsWriters();
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
  public String toString() {
    return getClass().getSimpleName() + "[" + inner + "]";
  }

  @Override
  public void close() {
    inner.close();
  }
}
