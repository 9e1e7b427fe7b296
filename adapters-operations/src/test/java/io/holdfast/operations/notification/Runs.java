package io.holdfast.operations.notification;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs as tests need them. */
final class Runs {

  static final Instant STARTED = Instant.parse("2026-11-22T02:00:00Z");

  private Runs() {}

  static Run begun() {
    return begun(RunKind.BACKUP);
  }

  static Run begun(RunKind kind) {
    RunId id = new RunId("20261122_020000-" + kind.command() + "-4711");
    return new Run(id, kind, STARTED, Optional.empty());
  }

  static Run succeeded() {
    return ended(RunOutcome.SUCCEEDED, 0, Optional.empty());
  }

  static Run partial() {
    return ended(RunOutcome.PARTIAL, 3, Optional.empty());
  }

  static Run failed() {
    return ended(RunOutcome.FAILED, 12, Optional.of("the target nas is not there"));
  }

  static Run interrupted() {
    return ended(RunOutcome.INTERRUPTED, 130, Optional.of("interrupted"));
  }

  static Run ended(RunOutcome outcome, int exitCode, Optional<String> failure) {
    RunFacts facts =
        new RunFacts(
            List.of(SetId.parse("20261122_020000").orElseThrow()),
            List.of(
                new ArtifactFact("database main/orders", 2048, 4096, 1.5, Optional.empty()),
                new ArtifactFact(
                    "volume sünde", 0, 0, 0, Optional.of("tar ended with 2\r\nBcc: all@x"))),
            List.of(
                new TargetFact("local", Optional.empty()),
                new TargetFact("nas", Optional.of("no route to host"))),
            List.of("a clock is wrong"));
    return begun()
        .ended(
            new RunEnding(
                STARTED.plusSeconds(90),
                outcome,
                exitCode,
                failure,
                failure.isPresent() ? "switch the nas on" : "",
                facts));
  }

  static Supplier<Secret> secret(String text) {
    return () -> Secret.of(text.toCharArray());
  }
}
