package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.ShowHistory.PastRun;
import io.holdfast.application.port.in.ShowHistory.ToldRun;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast history}: what ran on this host. */
@Command(
    name = "history",
    sortOptions = false,
    header = "Show what ran on this host and what came of it.",
    description =
        "Lists the runs of backup, verify, restore and copy that this host remembers, newest first; "
            + "with RUN, all of one with what it told. Asks no storage target and needs no "
            + "configuration.")
final class HistoryCommand implements Action {

  private static final int MOST = 1_000_000;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "a run's name, as 20251006_020000-backup-4711")
  Optional<String> run = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "how many runs at most; default: ${DEFAULT-VALUE}")
  int last = 20;

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description = "only those of this command, such as backup")
  Optional<String> command = Optional.empty();

  HistoryCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    if (last < 1 || last > MOST) {
      throw new UsageFailure("--last " + last + " is no number of runs", "--last 20");
    }
    Optional<RunKind> kind = command.map(HistoryCommand::kind);
    try (Progress progress = invocation.progress()) {
      ShowHistory history = invocation.factory().showHistory(progress);
      if (run.isPresent()) {
        ToldRun told = history.tell(id(run.get()));
        return Outcome.answer(
            () -> HistoryJson.of(told), page -> HistoryPages.show(told, page), ExitCode.DONE);
      }
      List<PastRun> runs = history.newest(kind, last);
      return Outcome.answer(
          () -> HistoryJson.of(runs), page -> HistoryPages.list(runs, page), ExitCode.DONE);
    }
  }

  private static RunId id(String text) {
    return RunId.parse(text)
        .orElseThrow(
            () ->
                new UsageFailure(
                    "'" + text + "' is no run's name, as 20251006_020000-backup-4711 is",
                    "`holdfast history` shows those that are remembered"));
  }

  private static RunKind kind(String text) {
    return RunKind.ofCommand(text)
        .orElseThrow(
            () ->
                new UsageFailure(
                    "no run is of a command '" + text + "'",
                    "--command "
                        + Arrays.stream(RunKind.values())
                            .map(RunKind::command)
                            .collect(Collectors.joining("|"))));
  }
}
