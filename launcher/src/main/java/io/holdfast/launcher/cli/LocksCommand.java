package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.ManageLocks.Cleared;
import io.holdfast.application.port.in.ManageLocks.Report;
import io.holdfast.application.port.in.ManageLocks.State;
import io.holdfast.application.port.in.ManageLocks.TargetLock;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.domain.backup.SetId;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast locks}: who holds the targets, and the removal of what the dead hold. */
@Command(
    name = "locks",
    sortOptions = false,
    header = "Show who holds the targets, and clear what the dead hold.",
    description =
        "Shows the lock of each target: FREE, ALIVE, GONE (its process on this host is no more), "
            + "EXPIRED (no heartbeat for too long) or UNREADABLE. A backup takes over what is GONE "
            + "or EXPIRED by itself. Exit code 14 when --clear left a lock that seems alive.")
final class LocksCommand implements Action {

  private final Invocation invocation;

  @Option(
      names = "--clear",
      description =
          "remove the locks that are GONE or EXPIRED, with the unfinished sets that they name")
  boolean clear;

  @Option(
      names = "--force",
      description =
          "with --clear: also those that are ALIVE or UNREADABLE; a run that does hold one"
              + " publishes nothing, and what it has written is lost")
  boolean force;

  @Option(names = "--target", paramLabel = "NAME", description = "only this target's lock")
  Optional<String> target = Optional.empty();

  LocksCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    if (force && !clear) {
      throw new UsageFailure("--force goes with --clear alone.", "holdfast locks --clear --force");
    }
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(target), progress)) {
      ManageLocks locks = session.manageLocks();
      Report report = clear ? locks.clear(target, force) : locks.show(target);
      int exitCode = exitCodeOf(report, clear);
      return Outcome.answer(
          () -> json(report, clear, exitCode), page -> text(report, page), exitCode);
    }
  }

  static int exitCodeOf(Report report, boolean clearing) {
    if (report.unread().stream().anyMatch(failure -> failure.kind() != FailureKind.BUSY)) {
      return ExitCode.STORAGE;
    }
    boolean held =
        clearing
            && report.locks().stream()
                .anyMatch(lock -> lock.state() != State.FREE && lock.cleared().isEmpty());
    return held || !report.unread().isEmpty() ? ExitCode.BUSY : ExitCode.DONE;
  }

  private static Json.Fields json(Report report, boolean clearing, int exitCode) {
    return Json.object()
        .put("command", "locks")
        .put("clear", clearing)
        .put("locks", report.locks().stream().map(LocksCommand::json).toList())
        .put("unread", report.unread().stream().map(ErrorReport::ofPart).toList())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(TargetLock lock) {
    return Json.object()
        .put("target", lock.target())
        .put("location", lock.location())
        .put("state", lock.state().name())
        .put("host", lock.holder().map(LockHolder::host))
        .put("pid", lock.holder().map(LockHolder::pid))
        .put("command", lock.holder().map(LockHolder::command))
        .put("since", lock.holder().map(LockHolder::since))
        .put("set", lock.holder().flatMap(LockHolder::set))
        .put("lastHeartbeat", lock.lastHeartbeat())
        .put("expires", lock.expires())
        .put("cleared", lock.cleared().isPresent())
        .put("removedSets", names(lock.cleared().map(Cleared::removed)))
        .put("leftSets", names(lock.cleared().map(Cleared::left)));
  }

  private static List<String> names(Optional<List<SetId>> sets) {
    return sets.orElse(List.of()).stream().map(SetId::toString).toList();
  }

  private static void text(Report report, Page page) {
    if (!report.locks().isEmpty()) {
      page.table(table(report.locks()));
    }
    report.unread().forEach(page::failure);
  }

  private static Table table(List<TargetLock> locks) {
    Table table =
        new Table(
            Table.Column.text("TARGET"),
            Table.Column.text("LOCK"),
            Table.Column.text("HOLDER"),
            Table.Column.text("SINCE"),
            Table.Column.text("SET"),
            Table.Column.text("LAST HEARTBEAT"),
            Table.Column.text("EXPIRES"),
            Table.Column.text("REMARK"));
    locks.forEach(lock -> addRow(table, lock));
    return table;
  }

  private static void addRow(Table table, TargetLock lock) {
    Optional<LockHolder> holder = lock.holder();
    table.add(
        Table.Cell.of(lock.target()),
        new Table.Cell(lock.state().name(), styleOf(lock.state())),
        Table.Cell.of(
            holder.map(h -> h.command() + ", process " + h.pid() + " on " + h.host()).orElse("")),
        Table.Cell.of(holder.map(h -> h.since().toString()).orElse("")),
        Table.Cell.of(holder.flatMap(LockHolder::set).map(SetId::toString).orElse("")),
        Table.Cell.of(lock.lastHeartbeat().map(Object::toString).orElse("")),
        Table.Cell.of(
            lock.expires().map(Object::toString).orElse(holder.isPresent() ? "never" : "")),
        Table.Cell.of(lock.cleared().map(LocksCommand::remark).orElse("")));
  }

  private static String remark(Cleared cleared) {
    String removed =
        cleared.removed().isEmpty()
            ? ""
            : "; removed the unfinished "
                + String.join(", ", names(Optional.of(cleared.removed())));
    String left =
        cleared.left().isEmpty()
            ? ""
            : "; left the unfinished " + String.join(", ", names(Optional.of(cleared.left())));
    return "cleared" + removed + left;
  }

  private static Style styleOf(State state) {
    return switch (state) {
      case FREE -> Style.GOOD;
      case ALIVE -> Style.PLAIN;
      case GONE, EXPIRED -> Style.DOUBTFUL;
      case UNREADABLE -> Style.BAD;
    };
  }
}
