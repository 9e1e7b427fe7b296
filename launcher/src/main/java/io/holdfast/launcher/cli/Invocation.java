package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.launcher.config.Needs;
import io.holdfast.launcher.config.Surroundings;
import java.util.function.Supplier;

/**
 * What the commands of one run share.
 *
 * @param options the global options, once the arguments are parsed
 * @param factory makes use cases
 * @param console where output goes
 * @param surroundings what the process was started with
 * @param cancellation asked for by a command that must clean up when it is interrupted
 */
record Invocation(
    GlobalOptions options,
    SessionFactory factory,
    Console console,
    Surroundings surroundings,
    Supplier<Cancellation> cancellation) {

  /** The use cases for a command; the caller closes them. */
  Session open(Needs needs, Progress progress) {
    return factory.open(options.config, needs, progress);
  }

  /** What the commands of the schedule work with. */
  Scheduling scheduling(Progress progress) {
    return factory.scheduling(options.config, progress);
  }

  /** What tells of the command's progress; the caller closes it. */
  Progress progress() {
    return Progress.on(
        console, options.logFormat.isEmpty(), options.quiet, options.debug, errorColours());
  }

  boolean resultColours() {
    return console.terminal().out() && console.terminal().colours() && !options.noColor;
  }

  boolean errorColours() {
    return console.terminal().err() && console.terminal().colours() && !options.noColor;
  }
}
