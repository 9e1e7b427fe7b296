package io.holdfast.domain.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a command on this host.
 *
 * @param id its name
 * @param kind what it does
 * @param started when it began
 * @param ending how it ended; empty while it is at work, and for ever when it was killed
 */
public record Run(RunId id, RunKind kind, Instant started, Optional<RunEnding> ending) {

  /** How long it took; empty when it has not ended. */
  public Optional<Duration> took() {
    return ending.map(end -> Duration.between(started, end.finished()));
  }

  /** The same run, ended. */
  public Run ended(RunEnding end) {
    return new Run(id, kind, started, Optional.of(end));
  }

  /** True when it ended with this outcome. */
  public boolean came(RunOutcome outcome) {
    return ending.filter(end -> end.outcome() == outcome).isPresent();
  }
}
