package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobStore;

/**
 * A configured storage target.
 *
 * @param name its name in the configuration
 * @param store where its sets are
 */
public record Target(String name, BlobStore store) {}
