package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ShowHistory.PastRun;
import io.holdfast.application.port.in.ShowHistory.ToldRun;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs for programs. */
final class HistoryJson {

  private HistoryJson() {}

  static Json.Fields of(List<PastRun> runs) {
    return Json.object()
        .put("command", "history")
        .put("runs", runs.stream().map(HistoryJson::of).toList())
        .put("exitCode", ExitCode.DONE);
  }

  static Json.Fields of(ToldRun told) {
    RunFacts facts = told.run().run().ending().map(RunEnding::facts).orElse(RunFacts.NONE);
    return Json.object()
        .put("command", "history")
        .put("run", of(told.run()))
        .put("artifacts", facts.artifacts().stream().map(HistoryJson::of).toList())
        .put("targets", facts.targets().stream().map(HistoryJson::of).toList())
        .put("log", told.log().stream().map(HistoryJson::of).toList())
        .put("exitCode", ExitCode.DONE);
  }

  private static Json.Fields of(PastRun past) {
    Run run = past.run();
    Optional<RunEnding> ending = run.ending();
    RunFacts facts = ending.map(RunEnding::facts).orElse(RunFacts.NONE);
    return Json.object()
        .put("run", run.id().toString())
        .put("command", run.kind().command())
        .put("started", run.started())
        .put("finished", ending.map(RunEnding::finished))
        .put("seconds", run.took().map(HistoryJson::seconds))
        .put("outcome", HistoryPages.word(past))
        .put("exitCode", ending.map(RunEnding::exitCode))
        .put("sets", facts.sets().stream().map(SetId::toString).toList())
        .put("failure", ending.flatMap(RunEnding::failure))
        .put("hint", ending.map(RunEnding::hint).orElse(""))
        .put("failed", facts.failures())
        .put("warnings", facts.warnings());
  }

  private static Json.Fields of(ArtifactFact fact) {
    return Json.object()
        .put("name", fact.name())
        .put("storedBytes", fact.storedBytes())
        .put("sourceBytes", fact.sourceBytes())
        .put("seconds", Optional.of(fact.seconds()))
        .put("failure", fact.failure());
  }

  private static Json.Fields of(TargetFact fact) {
    return Json.object().put("target", fact.name()).put("failure", fact.failure());
  }

  private static Json.Fields of(LogLine line) {
    return Json.object()
        .put("time", line.at())
        .put("level", line.level())
        .put("message", line.message());
  }

  private static double seconds(Duration took) {
    return took.toMillis() / 1000.0;
  }
}
