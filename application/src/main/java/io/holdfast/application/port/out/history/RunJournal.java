package io.holdfast.application.port.out.history;

import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the runs of this host. Bounded: the oldest go when there are too many or they take too
 * much room. Safe for use by several processes at once.
 */
public interface RunJournal {

  /** Remembers that a run has begun; whoever is killed afterwards leaves a run without an end. */
  RunLog begin(RunKind kind, Instant started);

  /** Every run that is still remembered, newest first. What cannot be read is passed over. */
  List<Run> runs();

  /** The run of an id. */
  Optional<Run> find(RunId id);

  /** What was told during a run, oldest first; empty when nothing of it is remembered. */
  List<LogLine> log(RunId id);

  /** True while a run that has no end is at work: its process is alive. */
  boolean isAtWork(Run run);

  /** How many runs have ended so since this host keeps a journal, forgotten ones among them. */
  Map<RunKind, Map<RunOutcome, Long>> totals();

  /** The journal of one run. */
  interface RunLog extends AutoCloseable {

    /** The run that was begun. */
    Run run();

    /** Takes a line; beyond a bound, the middle of a long run's lines is left out and told so. */
    void line(LogLine line);

    /** Remembers the end. */
    void end(Run ended);

    @Override
    void close();
  }

  /**
   * A line of a run's log.
   *
   * @param at when
   * @param level {@code error}, {@code warning}, {@code info} or {@code debug}
   * @param message a sentence
   */
  record LogLine(Instant at, String level, String message) {}
}
