package io.holdfast.application.port.out.command;

/**
 * How a program ended.
 *
 * @param exitCode its exit code; 128 and a signal's number when a signal ended it
 * @param stderrTail the last lines that it wrote to its error output, at most 4 KiB
 */
public record CommandResult(int exitCode, String stderrTail) {

  /** True when it says that all went well. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
