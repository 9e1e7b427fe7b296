package io.holdfast.application.port.out.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The blobs of another store below a prefix, under keys without it. What is not about keys is the
 * other store's: above all {@link #clearAbandoned} clears all of it.
 */
public class ScopedBlobStore extends ForwardingBlobStore {

  private final String prefix;
  private final boolean lent;

  /**
   * @param prefix ends in a slash
   * @param lent true when the other store stays open after this one was closed
   */
  public ScopedBlobStore(BlobStore inner, String prefix, boolean lent) {
    super(inner);
    this.prefix = prefix;
    this.lent = lent;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    return super.create(full(key));
  }

  @Override
  public InputStream open(BlobKey key) {
    return super.open(full(key));
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    return scoped(super.stat(full(key)));
  }

  @Override
  public void list(String beginning, BlobVisitor visitor) {
    super.list(prefix + beginning, blob -> visitor.visit(scoped(blob)));
  }

  @Override
  public void delete(BlobKey key) {
    super.delete(full(key));
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return super.localFile(full(key));
  }

  @Override
  public void close() {
    if (!lent) {
      super.close();
    }
  }

  private BlobKey full(BlobKey key) {
    return new BlobKey(prefix + key);
  }

  private BlobInfo scoped(BlobInfo blob) {
    String key = blob.key().value();
    if (!key.startsWith(prefix)) {
      throw new IllegalStateException("a listing of " + prefix + " shows " + key);
    }
    return new BlobInfo(new BlobKey(key.substring(prefix.length())), blob.bytes(), blob.modified());
  }
}
