package broken.storage.two;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;

/** A storage plugin that is leant on. */
public final class TwoProvider implements BlobStoreProvider {

  @Override
  public String scheme() {
    return "two";
  }

  @Override
  public BlobStore open(Settings settings) {
    throw new UnsupportedOperationException("a fixture");
  }
}
