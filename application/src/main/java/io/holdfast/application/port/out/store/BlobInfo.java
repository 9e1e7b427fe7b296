package io.holdfast.application.port.out.store;

import java.time.Instant;

/**
 * What a store knows of a committed blob.
 *
 * @param key its key
 * @param bytes its length
 * @param modified when it was committed, as the store tells
 */
public record BlobInfo(BlobKey key, long bytes, Instant modified) {}
