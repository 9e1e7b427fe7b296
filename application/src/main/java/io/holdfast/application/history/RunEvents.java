package io.holdfast.application.history;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.application.port.out.history.RunJournal.RunLog;
import io.holdfast.domain.backup.StoredArtifact;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Passes events on and, while a run is under way, writes them into its log. A log that cannot be
 * written is let go of, with a warning. Safe for use by several threads.
 */
public final class RunEvents implements BackupEvents {

  private final BackupEvents next;
  private final Clock clock;
  private final List<String> troubles = new ArrayList<>();
  private Optional<RunLog> log = Optional.empty();

  /**
   * @param next gets every event
   * @param clock when they happen
   */
  public RunEvents(BackupEvents next, Clock clock) {
    this.next = next;
    this.clock = clock;
  }

  /** From now on events are written into this log. */
  public synchronized void into(RunLog runLog) {
    troubles.clear();
    log = Optional.of(runLog);
  }

  /** From now on they are not; tells why some were not before, a sentence each. */
  public synchronized List<String> detach() {
    log = Optional.empty();
    List<String> told = List.copyOf(troubles);
    troubles.clear();
    return told;
  }

  @Override
  public void on(BackupEvent event) {
    next.on(event);
    levelOf(event).flatMap(level -> write(level, messageOf(event))).ifPresent(next::on);
  }

  /** Writes a line that is told elsewhere; returns the warning when it cannot be. */
  private synchronized Optional<BackupEvent> write(String level, String message) {
    if (log.isEmpty()) {
      return Optional.empty();
    }
    try {
      log.get().line(new LogLine(clock.instant(), level, message));
      return Optional.empty();
    } catch (StorageFailure dead) {
      log = Optional.empty();
      String trouble = "the log of this run is not complete: " + dead.getMessage();
      troubles.add(trouble);
      return Optional.of(new BackupEvent.Warning(trouble));
    }
  }

  /** Tells of the run's end in its log alone: the operator is told of it by its command. */
  public void failed(String message) {
    write("error", message).ifPresent(next::on);
  }

  private static Optional<String> levelOf(BackupEvent event) {
    if (event instanceof BackupEvent.Problem) {
      return Optional.of("error");
    }
    if (event instanceof BackupEvent.Warning) {
      return Optional.of("warning");
    }
    if (event instanceof BackupEvent.Detail) {
      return Optional.of("debug");
    }
    return event instanceof BackupEvent.Note || event instanceof BackupEvent.ArtifactStored
        ? Optional.of("info")
        : Optional.empty();
  }

  private static String messageOf(BackupEvent event) {
    if (event instanceof BackupEvent.Problem problem) {
      return problem.message();
    }
    if (event instanceof BackupEvent.Warning warning) {
      return warning.message();
    }
    if (event instanceof BackupEvent.Detail detail) {
      return detail.message();
    }
    if (event instanceof BackupEvent.Note note) {
      return note.message();
    }
    if (event instanceof BackupEvent.ArtifactStored stored) {
      return describe(stored.artifact());
    }
    return "";
  }

  private static String describe(StoredArtifact artifact) {
    return String.format(
        Locale.ROOT,
        "%s: %d bytes stored of %d in %.1f s",
        artifact.id().describe(),
        artifact.storedBytes(),
        artifact.sourceBytes(),
        artifact.took().toMillis() / 1000.0);
  }
}
