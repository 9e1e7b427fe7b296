package broken.storage.one;

import broken.storage.two.TwoProvider;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;

/** A storage plugin that leans on another one. */
final class OneProvider implements BlobStoreProvider {

  @Override
  public String scheme() {
    return "one";
  }

  @Override
  public BlobStore open(Settings settings) {
    return new TwoProvider().open(settings);
  }
}
