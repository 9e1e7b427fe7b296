package io.holdfast.storage.state;

import io.holdfast.domain.history.Run;

/**
 * A run as it is written down.
 *
 * @param run the run
 * @param pid the process that carries it out
 * @param processMark tells it from any other that had or will have its pid
 */
record RunRecord(Run run, long pid, String processMark) {}
