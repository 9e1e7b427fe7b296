package io.holdfast.application.port.out.store;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The fake that the use cases are tested with keeps to the contract itself. */
class InMemoryBlobStoreTest extends BlobStoreContract {

  private final InMemoryBlobStore memory = new InMemoryBlobStore();

  @Override
  protected BlobStoreProvider provider() {
    return new InMemoryBlobStoreProvider(memory);
  }

  @Override
  protected Settings settings() {
    return new Settings("memory", URI.create("memory:test"), Map.of(), Map.of());
  }

  @Override
  protected Set<String> contents() {
    return memory.contents();
  }

  @Override
  protected long largestBlob() {
    return 8L << 20;
  }

  @Override
  protected int manyBlobs() {
    return 2500;
  }
}
