package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code holdfast schedule run}: keeps the schedule in the foreground. */
@Command(
    name = "run",
    sortOptions = false,
    header = "Keep the schedule in the foreground.",
    description =
        "For a container, or a host without systemd. Runs one entry at a time, each as a process of"
            + " its own; one that fails is told, and the schedule goes on. SIGHUP reads the"
            + " configuration again; SIGTERM stops the run at work, waits until it has cleaned up,"
            + " and ends with exit code 0; a second one waits no longer. Exit code 14 when another"
            + " process already keeps the schedule of this host.")
final class ScheduleRunCommand implements Action {

  private final Invocation invocation;

  ScheduleRunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    GlobalOptions options = invocation.options();
    if (options.json) {
      throw new UsageFailure(
          "A schedule that is kept has no end to tell of as JSON.", "leave --json out");
    }
    List<String> passedOn = new ArrayList<>();
    if (options.quiet) {
      passedOn.add("--quiet");
    }
    if (options.debug) {
      passedOn.add("--debug");
    }
    Console console = invocation.console();
    try (Progress progress = invocation.progress()) {
      invocation
          .scheduling(progress)
          .keep(
              new Scheduling.Output(passedOn, console::pass, console::say),
              invocation.cancellation().get());
    }
    return Outcome.report(Json::object, page -> {}, ExitCode.DONE);
  }
}
