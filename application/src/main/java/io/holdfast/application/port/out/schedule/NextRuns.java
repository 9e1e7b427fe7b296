package io.holdfast.application.port.out.schedule;

import io.holdfast.domain.history.RunKind;
import java.time.Instant;
import java.util.Optional;

/** Tells when something is run by itself. */
@FunctionalInterface
public interface NextRuns {

  /** The next time of a kind of run; empty when none is configured, or none ever comes. */
  Optional<Instant> next(RunKind kind);
}
