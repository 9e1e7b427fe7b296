package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobStore;

/**
 * A configured storage target.
 *
 * @param name its name in the configuration
 * @param store where its sets are
 * @param required true when a set that it has missed is no success
 * @param anyHost true when the sets of every host count as this host's: it was named for one
 *     command
 */
public record Target(String name, BlobStore store, boolean required, boolean anyHost) {

  /** One whose sets of other hosts are shown and never chosen. */
  public Target(String name, BlobStore store, boolean required) {
    this(name, store, required, false);
  }

  /** A folder of sets that was named for one command: whoever made them, they are meant. */
  public static Target ofAnyHost(String name, BlobStore store) {
    return new Target(name, store, true, true);
  }

  /** A target that must get every set. */
  public Target(String name, BlobStore store) {
    this(name, store, true);
  }
}
