package io.holdfast.application.port.in;

import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import java.util.List;
import java.util.Optional;

/** Tells what ran on this host and what came of it. */
public interface ShowHistory {

  /**
   * The newest runs, newest first.
   *
   * @param kind of this kind alone; empty for all
   * @param most how many at most
   */
  List<PastRun> newest(Optional<RunKind> kind, int most);

  /**
   * One run with all that it told.
   *
   * @throws io.holdfast.application.port.failure.UsageFailure when none of that name is remembered
   */
  ToldRun tell(RunId id);

  /**
   * A run.
   *
   * @param run the run
   * @param state where it is
   */
  record PastRun(Run run, State state) {}

  /**
   * A run and what it told.
   *
   * @param run the run
   * @param log its lines, oldest first
   */
  record ToldRun(PastRun run, List<LogLine> log) {
    public ToldRun {
      log = List.copyOf(log);
    }
  }

  /** Where a run is. */
  enum State {
    /** Its process is at work. */
    RUNNING,
    /** It has ended, well or not. */
    ENDED,
    /** Its process is gone and has left no word of how it ended. */
    KILLED
  }
}
