package io.holdfast.domain.backup;

import java.util.Optional;

/**
 * A storage target of the run that made a set, as the set's manifest tells it.
 *
 * @param name its name in the configuration
 * @param reason why it had already missed the set when the manifest was written; empty where all of
 *     the set was there but what is written last
 */
public record ManifestTarget(String name, Optional<String> reason) {

  /** True when the set was there. */
  public boolean isStored() {
    return reason.isEmpty();
  }
}
