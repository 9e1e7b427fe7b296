package io.holdfast.application.port.out.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a set from ever being deleted by a rule.
 *
 * @param reason why, in the operator's words
 * @param since when it was pinned, by the clock of the host that did
 * @param by the host that did
 */
public record Pin(Optional<String> reason, Instant since, String by) {}
