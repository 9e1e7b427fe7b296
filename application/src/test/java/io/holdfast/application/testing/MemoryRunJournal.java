package io.holdfast.application.testing;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Remembers runs in memory; dies when a test says so. */
public final class MemoryRunJournal implements RunJournal {

  /** When it can no longer be written. */
  public enum Death {
    NEVER,
    AT_BEGIN,
    AT_LINE,
    AT_END
  }

  /** The lines of all logs. */
  public final List<LogLine> lines = new ArrayList<>();

  public Death death = Death.NEVER;
  public int open;
  private final Map<RunId, Run> runs = new TreeMap<>(Comparator.reverseOrder());
  private int next = 1;

  /** Remembers a run of an earlier day. */
  public void remember(Run run) {
    runs.put(run.id(), run);
  }

  @Override
  public RunLog begin(RunKind kind, Instant started) {
    dieIf(Death.AT_BEGIN);
    RunId id = new RunId("20251006_020000-" + kind.command() + "-" + next++);
    Run run = new Run(id, kind, started, Optional.empty());
    runs.put(id, run);
    open++;
    return new RunLog() {
      @Override
      public Run run() {
        return run;
      }

      @Override
      public void line(LogLine line) {
        dieIf(Death.AT_LINE);
        lines.add(line);
      }

      @Override
      public void end(Run ended) {
        dieIf(Death.AT_END);
        runs.put(ended.id(), ended);
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  @Override
  public List<Run> runs() {
    return List.copyOf(runs.values());
  }

  @Override
  public Optional<Run> find(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public List<LogLine> log(RunId id) {
    return List.copyOf(lines);
  }

  @Override
  public boolean isAtWork(Run run) {
    return false;
  }

  @Override
  public Map<RunKind, Map<RunOutcome, Long>> totals() {
    Map<RunKind, Map<RunOutcome, Long>> totals = new EnumMap<>(RunKind.class);
    for (Run run : runs.values()) {
      run.ending()
          .map(RunEnding::outcome)
          .ifPresent(
              outcome ->
                  totals
                      .computeIfAbsent(run.kind(), any -> new EnumMap<>(RunOutcome.class))
                      .merge(outcome, 1L, Long::sum));
    }
    return totals;
  }

  private void dieIf(Death moment) {
    if (death == moment) {
      throw new StorageFailure(FailureKind.STORAGE_FULL, "No space left on /var/lib/holdfast", "");
    }
  }
}
