package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ShowHistory.PastRun;
import io.holdfast.application.port.in.ShowHistory.ToldRun;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunOutcome;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs for people. */
final class HistoryPages {

  private HistoryPages() {}

  static void list(List<PastRun> runs, Page page) {
    if (runs.isEmpty()) {
      page.line("no run is remembered on this host");
      return;
    }
    Table table =
        new Table(
            Table.Column.text("RUN"),
            Table.Column.text("COMMAND"),
            Table.Column.text("STARTED"),
            Table.Column.number("TOOK"),
            Table.Column.text("OUTCOME"),
            Table.Column.number("EXIT"),
            Table.Column.text("SETS"),
            Table.Column.text("WHAT FAILED"));
    runs.forEach(past -> addRow(table, past));
    page.table(table);
  }

  private static void addRow(Table table, PastRun past) {
    Run run = past.run();
    Optional<RunEnding> ending = run.ending();
    table.add(
        Table.Cell.of(run.id().toString()),
        Table.Cell.of(run.kind().command()),
        Table.Cell.of(run.started().truncatedTo(ChronoUnit.SECONDS).toString()),
        Table.Cell.of(run.took().map(Quantity::duration).orElse("")),
        new Table.Cell(word(past), styleOf(past)),
        Table.Cell.of(ending.map(end -> Integer.toString(end.exitCode())).orElse("")),
        Table.Cell.of(sets(ending)),
        Table.Cell.of(ending.map(HistoryPages::whatFailed).orElse("")));
  }

  /** What came of a run, in a word: that of its outcome, RUNNING or KILLED. */
  static String word(PastRun past) {
    return switch (past.state()) {
      case RUNNING, KILLED -> past.state().name();
      case ENDED -> past.run().ending().map(end -> end.outcome().name()).orElse("");
    };
  }

  private static Style styleOf(PastRun past) {
    return switch (past.state()) {
      case RUNNING -> Style.PLAIN;
      case KILLED -> Style.BAD;
      case ENDED -> past.run().ending().map(end -> styleOf(end.outcome())).orElse(Style.PLAIN);
    };
  }

  private static Style styleOf(RunOutcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Style.GOOD;
      case PARTIAL, INTERRUPTED -> Style.DOUBTFUL;
      case FAILED -> Style.BAD;
    };
  }

  private static String sets(Optional<RunEnding> ending) {
    return ending.map(RunEnding::facts).orElse(RunFacts.NONE).sets().stream()
        .map(SetId::toString)
        .collect(Collectors.joining(", "));
  }

  /** One line: of a run that did a part what of it failed. */
  private static String whatFailed(RunEnding ending) {
    return ending
        .failure()
        .map(failure -> failure.lines().collect(Collectors.joining("; ")))
        .orElseGet(() -> String.join("; ", ending.facts().failures()));
  }

  static void show(ToldRun told, Page page) {
    Run run = told.run().run();
    Optional<RunEnding> ending = run.ending();
    String took = run.took().map(time -> ", took " + Quantity.duration(time)).orElse("");
    page.line(styleOf(told.run()), word(told.run()), "  " + run.id());
    page.line("command    " + run.kind().command());
    page.line("started    " + run.started().truncatedTo(ChronoUnit.SECONDS) + took);
    ending.ifPresent(end -> show(end, page));
    if (!told.log().isEmpty()) {
      page.line("");
      told.log().forEach(line -> show(line, page));
    }
  }

  private static void show(RunEnding ending, Page page) {
    page.line("exit code  " + ending.exitCode());
    String sets = sets(Optional.of(ending));
    if (!sets.isEmpty()) {
      page.line("sets       " + sets);
    }
    ending
        .failure()
        .ifPresent(why -> why.lines().forEach(line -> page.line(Style.BAD, "failure:   ", line)));
    if (!ending.hint().isEmpty()) {
      page.line("  hint: " + ending.hint());
    }
    ending.facts().artifacts().forEach(fact -> show(fact, page));
    ending
        .facts()
        .targets()
        .forEach(
            target ->
                page.line(
                    target.failure().isEmpty() ? Style.GOOD : Style.BAD,
                    target.failure().isEmpty() ? "ok       " : "FAILED   ",
                    "  target " + target.name() + target.failure().map(w -> ": " + w).orElse("")));
    ending.facts().warnings().forEach(w -> page.line(Style.DOUBTFUL, "warning: ", w));
  }

  private static void show(ArtifactFact fact, Page page) {
    if (fact.failure().isPresent()) {
      page.line(Style.BAD, "FAILED   ", "  " + fact.name() + ": " + fact.failure().get());
      return;
    }
    String bytes = fact.storedBytes() == 0 ? "" : ", " + Quantity.bytes(fact.storedBytes());
    String seconds = fact.seconds() == 0 ? "" : " in " + fact.seconds() + " s";
    page.line(Style.GOOD, "ok       ", "  " + fact.name() + bytes + seconds);
  }

  private static void show(LogLine line, Page page) {
    String at = line.at().toString();
    switch (line.level()) {
      case "error" -> page.line(Style.BAD, at + " error  ", "  " + line.message());
      case "warning" -> page.line(Style.DOUBTFUL, at + " warning", "  " + line.message());
      default -> page.line(at + " " + padded(line.level()) + "  " + line.message());
    }
  }

  private static String padded(String level) {
    return (level + "       ").substring(0, Math.max(7, level.length()));
  }
}
