package io.holdfast.application.port.out.history;

import io.holdfast.domain.history.Run;
import java.util.List;
import java.util.Optional;

/**
 * Is told of runs: writes metrics, sends messages, pings a watchdog. What it cannot do never fails
 * the run; it says so instead. Must end in bounded time.
 */
public interface RunObserver {

  /**
   * A run has begun.
   *
   * @return what could not be done about it, a sentence each, without a secret
   */
  List<String> started(Run run);

  /**
   * A run has ended.
   *
   * @param run with its ending
   * @param before the run of the same kind that ended before it, where one is remembered; runs that
   *     were interrupted or found the repository busy are passed over
   * @return what could not be done about it, a sentence each, without a secret
   */
  List<String> ended(Run run, Optional<Run> before);

  /**
   * Objectives are missed that were met at the last look, or met again.
   *
   * @param missed those missed now, a sentence each; empty when all are met again
   * @return what could not be done about it, a sentence each, without a secret
   */
  List<String> objectives(List<String> missed);
}
