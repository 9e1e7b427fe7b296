package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;

/**
 * Opens folders of a WebDAV server as blob stores, by TLS: {@code webdavs://user@host:port/path}.
 */
public final class SecureWebDavProvider implements BlobStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SecureWebDavProvider() {}

  @Override
  public String scheme() {
    return "webdavs";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public BlobStore open(Settings settings) {
    return new WebDavStore(Endpoint.of(settings, "https"));
  }
}
