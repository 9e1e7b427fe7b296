package io.holdfast.domain.history;

/** What came of a run. */
public enum RunOutcome {
  /** All that was asked for was done. */
  SUCCEEDED,
  /** Some of it was, or what was done is suspect: exit code 3. */
  PARTIAL,
  /** It was not. */
  FAILED,
  /** It was ended by its operator or by the system, and has cleaned up. */
  INTERRUPTED
}
