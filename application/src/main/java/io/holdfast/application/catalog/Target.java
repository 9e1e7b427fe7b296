package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobStore;

/**
 * A configured storage target.
 *
 * @param name its name in the configuration
 * @param store where its sets are
 * @param required true when a set that it has missed is no success
 */
public record Target(String name, BlobStore store, boolean required) {

  /** A target that must get every set. */
  public Target(String name, BlobStore store) {
    this(name, store, true);
  }
}
