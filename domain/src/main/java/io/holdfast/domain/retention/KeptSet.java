package io.holdfast.domain.retention;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;

/**
 * A set on a target, with what decides whether it stays.
 *
 * @param id its id
 * @param standing what it is
 * @param pinned true when somebody has said that it is to stay
 * @param inUse true when it is being read
 * @param damaged true when its newest verification failed
 * @param bytes what there is of it
 * @param scope what it was asked to hold; all where that is not known
 */
public record KeptSet(
    SetId id,
    Standing standing,
    boolean pinned,
    boolean inUse,
    boolean damaged,
    long bytes,
    SetScope scope) {

  /** True for all that a restore could bring back: complete, and not known to be damaged. */
  boolean isWhole() {
    return standing == Standing.COMPLETE && !damaged;
  }
}
