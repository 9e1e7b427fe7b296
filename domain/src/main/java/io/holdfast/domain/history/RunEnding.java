package io.holdfast.domain.history;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param finished when
 * @param outcome what came of it
 * @param exitCode what its process told
 * @param failure why it failed, a sentence; empty when it did not
 * @param hint what to do about the failure; may be empty
 * @param facts what it did, as far as it came
 */
public record RunEnding(
    Instant finished,
    RunOutcome outcome,
    int exitCode,
    Optional<String> failure,
    String hint,
    RunFacts facts) {}
