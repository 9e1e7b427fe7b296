package io.holdfast.launcher.wiring;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.launcher.cli.Scheduling.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts Holdfast's own script for each command, so that each has its memory and its end. */
final class OwnProgram implements OwnCommands {

  private static final int BUFFER = 4 * 1024;

  private final CommandRunner runner;
  private final Path launcher;
  private final Path config;
  private final Output output;

  OwnProgram(CommandRunner runner, Path launcher, Path config, Output output) {
    this.runner = runner;
    this.launcher = launcher;
    this.config = config;
    this.output = output;
  }

  @Override
  public int run(List<String> command, Cancellation stop) {
    List<String> argv = new ArrayList<>();
    argv.add(launcher.toString());
    argv.add("--config");
    argv.add(config.toString());
    argv.addAll(output.options());
    argv.addAll(command);
    CommandIo io = CommandIo.reading(this::pass).withStderr(output.errorLine());
    try {
      return runner.run(Command.of(argv), io, stop).exitCode();
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE, "What " + launcher + " wrote cannot be read: " + e, "", e);
    }
  }

  private void pass(InputStream stdout) throws IOException {
    Reader text = new InputStreamReader(stdout, StandardCharsets.UTF_8);
    char[] buffer = new char[BUFFER];
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      output.out().accept(new String(buffer, 0, count));
    }
  }
}
