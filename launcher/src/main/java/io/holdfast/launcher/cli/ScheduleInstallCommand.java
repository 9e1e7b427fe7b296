package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.application.port.out.schedule.TimerUnits.Change;
import io.holdfast.application.port.out.schedule.TimerUnits.Unit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast schedule install}: lets systemd keep the schedule. */
@Command(
    name = "install",
    sortOptions = false,
    header = "Let systemd keep the schedule.",
    description =
        "Writes a service and a timer for each entry of the schedule, and starts the timers. Run it"
            + " again after each change of the schedule: units of entries that are gone are removed.")
final class ScheduleInstallCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--user", description = "for the systemd of this user, not the system's")
  boolean user;

  @Option(names = "--print", description = "show the units on stdout, and change nothing")
  boolean print;

  ScheduleInstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    try (Progress progress = invocation.progress()) {
      Scheduling scheduling = invocation.scheduling(progress);
      TimerUnits timers = scheduling.timers(user);
      TimerUnits.Plan plan = scheduling.timerPlan();
      if (print) {
        List<Unit> units = timers.draft(plan);
        return Outcome.answer(
            () -> document(timers, Optional.empty(), units),
            page -> units.forEach(unit -> text(timers, unit, page)),
            ExitCode.DONE);
      }
      Change change = timers.install(plan, invocation.cancellation().get());
      change.remarks().forEach(progress::warn);
      return Outcome.report(
          () -> document(timers, Optional.of(change), List.of()),
          page -> text(timers, change, page),
          ExitCode.DONE);
    }
  }

  private static Json.Fields document(
      TimerUnits timers, Optional<Change> change, List<Unit> units) {
    return Json.object()
        .put("command", "schedule install")
        .put("folder", timers.folder().toString())
        .put(
            "units",
            units.stream()
                .map(unit -> Json.object().put("name", unit.name()).put("text", unit.text()))
                .toList())
        .put("written", change.map(Change::written))
        .put("unchanged", change.map(Change::unchanged))
        .put("removed", change.map(Change::removed))
        .put("remarks", change.map(Change::remarks))
        .put("exitCode", ExitCode.DONE);
  }

  private static void text(TimerUnits timers, Unit unit, Page page) {
    page.line("# " + timers.folder().resolve(unit.name()));
    page.asIs(unit.text() + "\n");
  }

  private static void text(TimerUnits timers, Change change, Page page) {
    change.written().forEach(name -> page.line("wrote " + timers.folder().resolve(name)));
    change.unchanged().forEach(name -> page.line("unchanged " + timers.folder().resolve(name)));
    change.removed().forEach(name -> page.line("removed " + timers.folder().resolve(name)));
    page.line("next: `holdfast schedule show`");
  }
}
