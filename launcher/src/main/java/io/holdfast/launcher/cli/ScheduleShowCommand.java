package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.schedule.TimerUnits.State;
import io.holdfast.launcher.config.ScheduleConfig;
import io.holdfast.launcher.config.ScheduleEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code holdfast schedule show}: what is run when, and who sees to it. */
@Command(
    name = "show",
    sortOptions = false,
    header = "Show what is run when, and whether systemd keeps it.",
    description =
        "The next time is that of the schedule; with a jitter the run may come later. Units are"
            + " ACTIVE (the timer runs), INSTALLED, FOREIGN (somebody else's of that name) or"
            + " NOT_INSTALLED.")
final class ScheduleShowCommand implements Action {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final Invocation invocation;

  ScheduleShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * What is shown of an entry.
   *
   * @param entry the entry
   * @param next when it is run next
   * @param system its units of the system's systemd
   * @param user its units of the user's own
   */
  private record Row(ScheduleEntry entry, Optional<Instant> next, State system, State user) {}

  @Override
  public Outcome run() {
    try (Progress progress = invocation.progress()) {
      Scheduling scheduling = invocation.scheduling(progress);
      ScheduleConfig schedule = scheduling.schedule();
      List<String> names = schedule.entries().stream().map(ScheduleEntry::name).toList();
      Cancellation cancellation = invocation.cancellation().get();
      Map<String, State> system = scheduling.timers(false).look(names, cancellation);
      Map<String, State> user = scheduling.timers(true).look(names, cancellation);
      List<Row> rows =
          schedule.entries().stream()
              .map(
                  entry ->
                      new Row(
                          entry,
                          scheduling.next(entry),
                          system.getOrDefault(entry.name(), State.NOT_INSTALLED),
                          user.getOrDefault(entry.name(), State.NOT_INSTALLED)))
              .toList();
      return Outcome.answer(
          () -> json(schedule, rows), page -> text(schedule, rows, page), ExitCode.DONE);
    }
  }

  private static Json.Fields json(ScheduleConfig schedule, List<Row> rows) {
    return Json.object()
        .put("command", "schedule show")
        .put("zone", schedule.zone().getId())
        .put("jitterSeconds", schedule.jitter())
        .put("catchUp", schedule.catchUp())
        .put("entries", rows.stream().map(ScheduleShowCommand::json).toList())
        .put("exitCode", ExitCode.DONE);
  }

  private static Json.Fields json(Row row) {
    return Json.object()
        .put("name", row.entry().name())
        .put("cron", row.entry().cron())
        .put("arguments", row.entry().arguments())
        .put("next", row.next())
        .put("systemUnits", row.system().name())
        .put("userUnits", row.user().name());
  }

  private static void text(ScheduleConfig schedule, List<Row> rows, Page page) {
    if (rows.isEmpty()) {
      page.line("The configuration schedules nothing.");
      return;
    }
    Table table =
        new Table(
            Table.Column.text("ENTRY"),
            Table.Column.text("AT"),
            Table.Column.text("NEXT"),
            Table.Column.text("UNITS"),
            Table.Column.text("RUNS"));
    for (Row row : rows) {
      table.add(
          Table.Cell.of(row.entry().name()),
          Table.Cell.of(row.entry().cron()),
          Table.Cell.of(row.next().map(next -> local(next, schedule.zone())).orElse("never")),
          units(row),
          Table.Cell.of("holdfast " + String.join(" ", row.entry().command())));
    }
    page.table(table).line("");
    page.line("by the clock of " + schedule.zone().getId() + jitter(schedule.jitter()));
    if (rows.stream().allMatch(row -> installed(row).isEmpty())) {
      page.line(
          "nothing is installed: `holdfast schedule install`, or keep it with `holdfast schedule"
              + " run`");
    }
  }

  private static String jitter(Duration jitter) {
    return jitter.isZero() ? "" : "; each up to " + Quantity.duration(jitter) + " later";
  }

  private static Table.Cell units(Row row) {
    Optional<State> state = installed(row);
    String whose = row.system() == State.NOT_INSTALLED ? " (user)" : "";
    return new Table.Cell(
        state.map(found -> found.name() + whose).orElse("-"),
        state.map(ScheduleShowCommand::styleOf).orElse(Style.PLAIN));
  }

  private static Optional<State> installed(Row row) {
    State state = row.system() == State.NOT_INSTALLED ? row.user() : row.system();
    return Optional.of(state).filter(found -> found != State.NOT_INSTALLED);
  }

  private static Style styleOf(State state) {
    return switch (state) {
      case ACTIVE -> Style.GOOD;
      case INSTALLED, NOT_INSTALLED -> Style.PLAIN;
      case FOREIGN -> Style.DOUBTFUL;
    };
  }

  private static String local(Instant moment, ZoneId zone) {
    return MINUTES.format(moment.atZone(zone));
  }
}
