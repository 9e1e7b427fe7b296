package io.holdfast.operations.metrics;

import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunFacts.Whole;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Enters what happened into the figures. */
final class Tally {

  static final String COMMAND = "command";
  static final String ARTIFACT = "artifact";
  static final String TARGET = "target";
  static final String NOTIFIER = "notifier";
  static final String HOST = "host";

  /** The newest backup of all databases, and that of all volumes. */
  static final String WHOLE = "whole";

  private final Figures figures;

  Tally(Figures figures) {
    this.figures = figures;
  }

  void run(Run run, RunEnding end) {
    String command = run.kind().command();
    Instant finished = end.finished();
    figures.seen(COMMAND, command, finished);
    figures.set(COMMAND, command, "finished", seconds(finished));
    run.took().ifPresent(t -> figures.set(COMMAND, command, "took", t.toMillis() / 1000.0));
    figures.set(COMMAND, command, "exit", end.exitCode());
    if (end.outcome() == RunOutcome.SUCCEEDED) {
      figures.set(COMMAND, command, "success", seconds(finished));
    }
    if (run.kind() == RunKind.BACKUP) {
      end.facts().artifacts().forEach(fact -> artifact(fact, finished));
      end.facts().targets().forEach(fact -> target(fact, finished));
      if (end.outcome() == RunOutcome.SUCCEEDED) {
        end.facts().whole().ifPresent(whole -> whole(whole, finished));
      }
    }
    for (String kind : List.of(ARTIFACT, TARGET, NOTIFIER, WHOLE)) {
      figures.tidy(kind, finished);
    }
  }

  void notified(Map<String, Boolean> taken, Instant at) {
    taken.forEach(
        (name, isTaken) -> {
          figures.seen(NOTIFIER, name, at);
          figures.add(NOTIFIER, name, "failures", isTaken ? 0 : 1);
        });
  }

  void missed(int objectives) {
    figures.set(HOST, "", "missed", objectives);
  }

  private void artifact(ArtifactFact fact, Instant at) {
    figures.seen(ARTIFACT, fact.name(), at);
    figures.set(ARTIFACT, fact.name(), "ok", fact.failure().isEmpty() ? 1 : 0);
    if (fact.failure().isPresent()) {
      return;
    }
    figures.set(ARTIFACT, fact.name(), "success", seconds(at));
    figures.set(ARTIFACT, fact.name(), "stored", (double) fact.storedBytes());
    figures.set(ARTIFACT, fact.name(), "source", (double) fact.sourceBytes());
    figures.set(ARTIFACT, fact.name(), "took", fact.seconds());
  }

  /** A backup of a few names says nothing of how long all of the host takes. */
  private void whole(Whole whole, Instant at) {
    whole
        .bytes()
        .forEach(
            (kind, bytes) -> {
              figures.seen(WHOLE, kind.name(), at);
              figures.set(WHOLE, kind.name(), "stored", (double) bytes);
            });
  }

  private void target(TargetFact fact, Instant at) {
    boolean isTaken = fact.failure().isEmpty();
    figures.seen(TARGET, fact.name(), at);
    figures.set(TARGET, fact.name(), "ok", isTaken ? 1 : 0);
    figures.add(TARGET, fact.name(), "failures", isTaken ? 0 : 1);
    if (isTaken) {
      figures.set(TARGET, fact.name(), "success", seconds(at));
    }
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }
}
