package io.holdfast.operations.metrics;

import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts runs, and remembers none. */
final class FakeJournal implements RunJournal {

  final Map<RunKind, Map<RunOutcome, Long>> totals = new EnumMap<>(RunKind.class);

  @Override
  public RunLog begin(RunKind kind, Instant started) {
    // Metrics read of runs and begin none; one that did would have to be seen.
    throw new AssertionError("nobody who is told of runs begins one");
  }

  @Override
  public List<Run> runs() {
    return List.of();
  }

  @Override
  public Optional<Run> find(RunId id) {
    return Optional.empty();
  }

  @Override
  public List<LogLine> log(RunId id) {
    return List.of();
  }

  @Override
  public boolean isAtWork(Run run) {
    return false;
  }

  @Override
  public Map<RunKind, Map<RunOutcome, Long>> totals() {
    return totals;
  }
}
