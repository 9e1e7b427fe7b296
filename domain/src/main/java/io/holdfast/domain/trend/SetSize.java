package io.holdfast.domain.trend;

import io.holdfast.domain.backup.SetId;

/**
 * How large a set is.
 *
 * @param id the set
 * @param bytes of all its files
 */
public record SetSize(SetId id, long bytes) {}
