package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.application.port.out.schedule.TimerUnits.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast schedule remove}: takes away what {@code install} has made. */
@Command(
    name = "remove",
    sortOptions = false,
    header = "Stop and remove the timers that `install` has made.",
    description = "Needs no configuration. A run that is at work goes on to its end.")
final class ScheduleRemoveCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--user", description = "of the systemd of this user, not the system's")
  boolean user;

  ScheduleRemoveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    try (Progress progress = invocation.progress()) {
      TimerUnits timers = invocation.scheduling(progress).timers(user);
      Change change = timers.remove(invocation.cancellation().get());
      return Outcome.report(
          () -> document(timers, change), page -> text(timers, change, page), ExitCode.DONE);
    }
  }

  private static Json.Fields document(TimerUnits timers, Change change) {
    return Json.object()
        .put("command", "schedule remove")
        .put("folder", timers.folder().toString())
        .put("removed", change.removed())
        .put("exitCode", ExitCode.DONE);
  }

  private static void text(TimerUnits timers, Change change, Page page) {
    change.removed().forEach(name -> page.line("removed " + timers.folder().resolve(name)));
    if (change.removed().isEmpty()) {
      page.line("there is nothing of Holdfast's in " + timers.folder());
    }
  }
}
