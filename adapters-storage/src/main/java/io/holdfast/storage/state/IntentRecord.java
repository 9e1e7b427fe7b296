package io.holdfast.storage.state;

import io.holdfast.application.port.out.recovery.Intent;
import java.time.Instant;

/**
 * An intent as it is written down.
 *
 * @param recorded when
 * @param pid by which process
 * @param processMark tells that process from others that have its pid
 * @param intent what
 */
record IntentRecord(Instant recorded, long pid, String processMark, Intent intent) {}
