package io.holdfast.application.port.out.schedule;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.List;

/** Runs Holdfast's own commands, each as a process of its own. */
public interface OwnCommands {

  /**
   * Runs one to its end.
   *
   * @param command the command and its arguments: {@code backup --wait 1h}
   * @param stop tells it to end, and waits until it has cleaned up
   * @return its exit code
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot be started
   * @throws io.holdfast.application.port.failure.InterruptedFailure when it was stopped
   */
  int run(List<String> command, Cancellation stop);
}
