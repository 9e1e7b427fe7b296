package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells on stderr what a command does: lines, and on a terminal a bar below them. */
final class Progress implements BackupEvents, AutoCloseable {

  private final Optional<JsonLog> log;
  private final LineWriter lines;
  private final TaskBoard board;
  private final boolean quiet;
  private final boolean debug;
  private final boolean colours;
  private final List<String> warnings = new ArrayList<>();

  private Progress(
      Optional<JsonLog> log,
      LineWriter lines,
      TaskBoard board,
      boolean quiet,
      boolean debug,
      boolean colours) {
    this.log = log;
    this.lines = lines;
    this.board = board;
    this.quiet = quiet;
    this.debug = debug;
    this.colours = colours;
  }

  /**
   * @param bar true where one may be drawn
   */
  static Progress on(Console console, boolean bar, boolean quiet, boolean debug, boolean colours) {
    Optional<JsonLog> log = console.log();
    if (log.isEmpty() && bar && console.terminal().err() && !quiet) {
      BarBoard board = new BarBoard(console);
      return new Progress(log, board::sayAbove, board, false, debug, colours);
    }
    LineBoard board = new LineBoard(quiet ? line -> {} : console::say);
    return new Progress(log, console::say, board, quiet, debug, colours);
  }

  /** Where a line goes. */
  @FunctionalInterface
  interface LineWriter {
    void say(String line);
  }

  /** Shows the tasks that are under way. */
  interface TaskBoard extends AutoCloseable {
    void started(BackupEvent.TaskStarted task);

    void advanced(BackupEvent.TaskAdvanced step);

    void ended(BackupEvent.TaskEnded task);

    @Override
    void close();
  }

  @Override
  public void on(BackupEvent event) {
    if (event instanceof BackupEvent.Warning warning) {
      warn(warning.message());
    } else if (log.isPresent()) {
      log.get().event(event, quiet, debug);
    } else {
      show(event);
    }
  }

  private void show(BackupEvent event) {
    if (event instanceof BackupEvent.TaskAdvanced step) {
      board.advanced(step);
    } else if (event instanceof BackupEvent.TaskStarted task) {
      board.started(task);
    } else if (event instanceof BackupEvent.TaskEnded task) {
      board.ended(task);
    } else if (event instanceof BackupEvent.ArtifactStored stored) {
      sayUnlessQuiet(describe(stored.artifact()));
    } else if (event instanceof BackupEvent.Note note) {
      sayUnlessQuiet(note.message());
    } else if (event instanceof BackupEvent.Problem problem) {
      lines.say(Style.BAD.apply("error:", colours) + " " + SafeText.line(problem.message()));
    } else if (event instanceof BackupEvent.Detail detail && debug) {
      lines.say("debug: " + SafeText.line(detail.message()));
    }
  }

  /** Says a warning, unless it was said before. */
  void warn(String message) {
    synchronized (warnings) {
      if (warnings.contains(message)) {
        return;
      }
      warnings.add(message);
    }
    if (quiet) {
      return;
    }
    if (log.isPresent()) {
      log.get().warning(message);
    } else {
      lines.say(Style.DOUBTFUL.apply("warning:", colours) + " " + SafeText.line(message));
    }
  }

  @Override
  public void close() {
    board.close();
  }

  private void sayUnlessQuiet(String message) {
    if (!quiet) {
      lines.say(SafeText.line(message));
    }
  }

  private static String describe(StoredArtifact artifact) {
    return String.format(
        "%s: %s stored (%s of %s) in %s",
        artifact.id().describe(),
        Quantity.bytes(artifact.storedBytes()),
        Quantity.ratio(artifact.storedBytes(), artifact.sourceBytes()),
        Quantity.bytes(artifact.sourceBytes()),
        Quantity.duration(artifact.took()));
  }
}
