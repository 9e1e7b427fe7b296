package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunKind;

/**
 * Carries out a run with all that goes around it: hooks before and after, its journal, and whoever
 * wants to hear of it.
 */
public interface SuperviseRun {

  /**
   * Carries out some work as a run.
   *
   * @param exitCodes what the process will tell
   * @return what the work returned, and the run as it ended
   * @throws io.holdfast.application.port.failure.Failure what the work threw, after it was written
   *     down and told; or that a hook before it failed, and the work was not begun
   */
  <T> Supervised<T> supervise(
      RunKind kind, Work<T> work, ExitCodes<T> exitCodes, Cancellation cancellation);

  /**
   * What came of a run.
   *
   * @param <T> what its work returns
   * @param result what its work returned
   * @param run as it ended; its exit code is the process's, which a hook that failed afterwards may
   *     have changed, and its warnings name whoever could not be told of it
   */
  record Supervised<T>(T result, Run run) {}

  /**
   * The work of a run.
   *
   * @param <T> what it returns
   */
  interface Work<T> {

    /** Does it. */
    T carryOut();

    /** What was done, of what {@link #carryOut} returned. */
    RunFacts facts(T result);
  }

  /**
   * The exit codes of a run.
   *
   * @param <T> what its work returns
   */
  interface ExitCodes<T> {

    /** The code of work that ended well or in part. */
    int of(T result);

    /** The code of work that failed. */
    int of(Throwable failure);
  }
}
