package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs that a test says have been. */
final class FakeHistory implements ShowHistory {

  final List<PastRun> runs = new ArrayList<>();
  final List<LogLine> log = new ArrayList<>();

  @Override
  public List<PastRun> newest(Optional<RunKind> kind, int most) {
    return runs.stream()
        .filter(past -> kind.isEmpty() || past.run().kind() == kind.get())
        .limit(most)
        .toList();
  }

  @Override
  public ToldRun tell(RunId id) {
    return runs.stream()
        .filter(past -> past.run().id().equals(id))
        .findFirst()
        .map(past -> new ToldRun(past, log))
        .orElseThrow(() -> new UsageFailure("no run " + id, "look for another"));
  }
}
