package io.holdfast.application.port.out.store;

/**
 * The storage plugin interface: makes {@link BlobStore}s for one url scheme. Implementations have a
 * public constructor without parameters and are named in {@code
 * META-INF/services/io.holdfast.application.port.out.store.BlobStoreProvider}.
 */
public interface BlobStoreProvider {

  /** The version of this interface and of {@link BlobStore}'s contract. */
  int SPI_VERSION = 1;

  /** The url scheme that it serves, in lower case: {@code file}. */
  String scheme();

  /** The {@link #SPI_VERSION} that it was built for. */
  default int spiVersion() {
    return SPI_VERSION;
  }

  /**
   * Checks a target's settings and opens its store. Touches nothing on the target yet.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when a setting is missing,
   *     wrong or unknown
   */
  BlobStore open(Settings settings);
}
