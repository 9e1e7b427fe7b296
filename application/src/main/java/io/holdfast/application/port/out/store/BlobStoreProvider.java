package io.holdfast.application.port.out.store;

import io.holdfast.application.port.failure.UsageFailure;

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

  /**
   * The version of this interface that it was built for. A plugin says {@code return SPI_VERSION;},
   * by which the compiler writes today's number into the plugin. One that does not say was built
   * for the first version, whatever this one is.
   */
  default int spiVersion() {
    return 1;
  }

  /**
   * Checks a target's settings and opens its store. Touches nothing on the target yet.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when a setting is missing,
   *     wrong or unknown
   */
  BlobStore open(Settings settings);

  /**
   * Shows the keys of the servers that a target is reached by, the first one on the way first, and
   * pins those that are accepted where {@link #open} looks for them. For targets whose server
   * proves who it is by a key that an operator has to have seen once.
   *
   * @param judge asked about every key, those that are pinned already among them; a server behind
   *     one that was not accepted is not reached
   * @throws io.holdfast.application.port.failure.UsageFailure when such targets have no such keys
   * @throws io.holdfast.application.port.failure.StorageFailure when a server cannot be reached
   */
  default void trust(Settings settings, ServerKeyJudge judge) {
    throw new UsageFailure(
        "Storage target " + settings.name() + " has no server key to trust.",
        "Only targets whose server shows a key of its own, such as sftp, are trusted by it.");
  }
}
