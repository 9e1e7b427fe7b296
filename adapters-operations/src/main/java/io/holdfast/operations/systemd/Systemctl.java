package io.holdfast.operations.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The program {@code systemctl}. */
final class Systemctl {

  private static final int LONGEST_ANSWER = 64;

  private final CommandRunner runner;
  private final boolean user;

  Systemctl(CommandRunner runner, boolean user) {
    this.runner = runner;
    this.user = user;
  }

  /** True when the manager runs; false in a chroot or container, say, or without a session. */
  boolean isRunning(Cancellation cancellation) {
    String state = answer(cancellation, "is-system-running");
    return !state.isEmpty() && !state.equals("offline") && !state.equals("unknown");
  }

  /** True when a unit is active; false where that cannot be learned. */
  boolean isActive(String unit, Cancellation cancellation) {
    try {
      return answer(cancellation, "is-active", unit).equals("active");
    } catch (SourceFailure noSystemctl) {
      return false;
    }
  }

  void call(Cancellation cancellation, String verb) {
    call(cancellation, verb, List.of());
  }

  /**
   * Does something with units.
   *
   * @throws SourceFailure when it is refused
   */
  void call(Cancellation cancellation, String verb, List<String> units) {
    List<String> argv = argv(verb);
    argv.addAll(units);
    CommandResult result = run(argv, CommandIo.reading(stdout -> {}), cancellation);
    if (!result.succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "`" + String.join(" ", argv) + "` failed: " + result.stderrTail().strip(),
          "correct what it says, then install again; --print shows the units");
    }
  }

  private String answer(Cancellation cancellation, String... question) {
    List<String> argv = argv(question);
    StringBuilder answer = new StringBuilder();
    CommandIo io =
        CommandIo.reading(
            stdout -> answer.append(new String(stdout.readNBytes(LONGEST_ANSWER), UTF_8)));
    run(argv, io, cancellation);
    return answer.toString().strip();
  }

  private CommandResult run(List<String> argv, CommandIo io, Cancellation cancellation) {
    try {
      return runner.run(Command.of(argv), io, cancellation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> argv(String... words) {
    List<String> argv = new ArrayList<>();
    argv.add("systemctl");
    if (user) {
      argv.add("--user");
    }
    argv.addAll(List.of(words));
    return argv;
  }
}
