package io.holdfast.application.service;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import java.util.List;
import java.util.Optional;

/** Reads the journal of this host's runs. */
final class ShowHistoryService implements ShowHistory {

  private final RunJournal journal;

  ShowHistoryService(RunJournal journal) {
    this.journal = journal;
  }

  @Override
  public List<PastRun> newest(Optional<RunKind> kind, int most) {
    return journal.runs().stream()
        .filter(run -> kind.isEmpty() || kind.get() == run.kind())
        .limit(most)
        .map(this::past)
        .toList();
  }

  @Override
  public ToldRun tell(RunId id) {
    Run run =
        journal
            .find(id)
            .orElseThrow(
                () ->
                    new UsageFailure(
                        "no run " + id + " is remembered on this host",
                        "`holdfast history` shows those that are"));
    return new ToldRun(past(run), journal.log(id));
  }

  private PastRun past(Run run) {
    if (run.ending().isPresent()) {
      return new PastRun(run, State.ENDED);
    }
    return new PastRun(run, journal.isAtWork(run) ? State.RUNNING : State.KILLED);
  }
}
