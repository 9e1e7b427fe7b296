package io.holdfast.launcher.cli;

/** A command that was understood and can be carried out. */
interface Action {

  /**
   * Carries it out.
   *
   * @throws io.holdfast.application.port.failure.Failure when it cannot be
   */
  Outcome run();

  /** What an operator who has interrupted it should know; empty when nothing. */
  default String whenInterrupted() {
    return "";
  }
}
