package io.holdfast.application.service;

import io.holdfast.application.history.RunEvents;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.history.RunJournal.RunLog;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The journal as a run uses it: one that cannot be written, for want of space or of rights, never
 * fails the run; it becomes a warning.
 */
final class RunRecords {

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunJournal journal;
  private final long pid;
  private final Clock clock;
  private final RunEvents events;

  RunRecords(RunJournal journal, long pid, Clock clock, RunEvents events) {
    this.journal = journal;
    this.pid = pid;
    this.clock = clock;
    this.events = events;
  }

  /** Begins a run, which is written down where that can be. */
  Entry begin(RunKind kind) {
    Instant started = clock.instant();
    try {
      RunLog log = journal.begin(kind, started);
      events.into(log);
      return new Entry(log.run(), Optional.of(log));
    } catch (Failure dead) {
      String name = ID_TIME.format(started) + "-" + kind.command() + "-" + pid;
      Entry record =
          new Entry(new Run(new RunId(name), kind, started, Optional.empty()), Optional.empty());
      record.trouble("this run is not in the history: " + dead.getMessage());
      return record;
    }
  }

  /** The newest run of the same kind that has ended before one, of those that count. */
  Optional<Run> before(Run run, int busy) {
    return journal.runs().stream()
        .filter(other -> other.kind() == run.kind() && !other.id().equals(run.id()))
        .filter(other -> other.ending().filter(end -> end.exitCode() != busy).isPresent())
        .filter(other -> !other.came(RunOutcome.INTERRUPTED))
        .findFirst();
  }

  /** What is written down of one run. */
  final class Entry implements AutoCloseable {
    private final Run run;
    private final Optional<RunLog> log;
    private final List<String> troubles = new ArrayList<>();

    private Entry(Run run, Optional<RunLog> log) {
      this.run = run;
      this.log = log;
    }

    Run run() {
      return run;
    }

    /** What could not be done around the run so far, a sentence each. */
    List<String> troubles() {
      return List.copyOf(troubles);
    }

    /** Takes down what could not be done, and tells the operator. */
    void trouble(String sentence) {
      troubles.add(sentence);
      events.on(new BackupEvent.Warning(sentence));
    }

    /** Writes the end; may be called again with more that is known. */
    void end(Run ended) {
      try {
        log.ifPresent(open -> open.end(ended));
      } catch (Failure dead) {
        trouble("the end of this run is not in the history: " + dead.getMessage());
      }
    }

    /** No more lines: why some of them are missing becomes known. */
    void endLog() {
      troubles.addAll(events.detach());
    }

    @Override
    public void close() {
      events.detach();
      try {
        log.ifPresent(RunLog::close);
      } catch (Failure dead) {
        trouble("the history could not be closed: " + dead.getMessage());
      }
    }
  }
}
