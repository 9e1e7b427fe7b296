package io.holdfast.domain.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times at which something is to be run, without beginning or end. */
public interface Times {

  /** The first time after a moment; empty when there is none any more. */
  Optional<Instant> after(Instant moment);

  /** The last time before a moment, or at it; empty when there was none. */
  Optional<Instant> upTo(Instant moment);
}
