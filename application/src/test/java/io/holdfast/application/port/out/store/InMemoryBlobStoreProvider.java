package io.holdfast.application.port.out.store;

import io.holdfast.application.port.failure.ConfigurationFailure;

/** Opens one {@link InMemoryBlobStore} again and again, for {@code memory} urls. */
public final class InMemoryBlobStoreProvider implements BlobStoreProvider {

  private final InMemoryBlobStore store;

  public InMemoryBlobStoreProvider(InMemoryBlobStore store) {
    this.store = store;
  }

  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public BlobStore open(Settings settings) {
    for (String key : settings.keys()) {
      throw new ConfigurationFailure(
          "Storage target " + settings.name() + " has an unknown setting: " + key, "Remove it.");
    }
    return store;
  }
}
