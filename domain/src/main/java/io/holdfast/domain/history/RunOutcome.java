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
  INTERRUPTED;

  private static final int DONE = 0;
  private static final int IN_PART = 3;
  private static final int ENDED_FROM_OUTSIDE = 130;

  /** What an exit code tells, by the table that every command keeps to. */
  public static RunOutcome ofExitCode(int exitCode) {
    return switch (exitCode) {
      case DONE -> SUCCEEDED;
      case IN_PART -> PARTIAL;
      case ENDED_FROM_OUTSIDE -> INTERRUPTED;
      default -> FAILED;
    };
  }
}
