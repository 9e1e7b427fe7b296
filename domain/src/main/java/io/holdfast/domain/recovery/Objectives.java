package io.holdfast.domain.recovery;

import java.time.Duration;
import java.util.Optional;

/**
 * What an operator has promised.
 *
 * @param rpo recovery point objective: how old the newest good set may be
 * @param rto recovery time objective: how long a restore may take
 */
public record Objectives(Optional<Duration> rpo, Optional<Duration> rto) {

  /** Nothing was promised. */
  public static final Objectives NONE = new Objectives(Optional.empty(), Optional.empty());
}
