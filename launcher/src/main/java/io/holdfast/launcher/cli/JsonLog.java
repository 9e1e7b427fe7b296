package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.RunId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What is told beside the results as JSON, one object a line, each with its time, level, event,
 * message and the run that it is told of. Safe for use by several threads.
 */
final class JsonLog {

  private static final double MILLIS = 1000.0;

  private final Consumer<String> lines;
  private final InstantSource clock;
  private final Map<String, Long> done = new HashMap<>();
  private Optional<RunId> run = Optional.empty();

  /**
   * @param lines takes each line
   * @param clock when it is told
   */
  JsonLog(Consumer<String> lines, InstantSource clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /** An event; with {@code quiet} problems alone. Warnings come by {@link #warning}. */
  synchronized void event(BackupEvent event, boolean quiet, boolean debug) {
    if (event instanceof BackupEvent.RunStarted started) {
      run = Optional.of(started.run().id());
    }
    if (event instanceof BackupEvent.Problem problem) {
      write(line("error", "problem", problem.message()));
    } else if (event instanceof BackupEvent.TaskAdvanced step) {
      done.merge(step.task(), step.bytes(), Long::sum);
    } else if (event instanceof BackupEvent.Detail detail && debug) {
      write(line("debug", "detail", detail.message()));
    } else if (!quiet) {
      loud(event);
    }
  }

  private void loud(BackupEvent event) {
    if (event instanceof BackupEvent.RunStarted started) {
      write(line("info", "run-started", started.run().kind().command() + " begins"));
    } else if (event instanceof BackupEvent.TaskStarted task) {
      write(
          line("info", "task-started", task.task())
              .put("task", task.task())
              .put("totalBytes", boxed(task.totalBytes())));
    } else if (event instanceof BackupEvent.TaskEnded task) {
      write(
          line("info", "task-ended", task.task() + " has ended")
              .put("task", task.task())
              .put("bytes", Optional.ofNullable(done.remove(task.task())).orElse(0L)));
    } else if (event instanceof BackupEvent.ArtifactStored stored) {
      write(stored(stored.artifact()));
    } else if (event instanceof BackupEvent.Note note) {
      write(line("info", "note", note.message()));
    }
  }

  private Json.Fields stored(StoredArtifact artifact) {
    return line("info", "artifact-stored", artifact.id().describe() + " is stored")
        .put("artifact", artifact.id().describe())
        .put("kind", artifact.id().kind().name())
        .put("path", artifact.path())
        .put("storedBytes", artifact.storedBytes())
        .put("sourceBytes", artifact.sourceBytes())
        .put("seconds", Optional.of(artifact.took().toMillis() / MILLIS));
  }

  synchronized void warning(String message) {
    write(line("warning", "warning", message));
  }

  /** A line that is none of the others. */
  synchronized void say(String message) {
    write(line("info", "note", message));
  }

  /** Why the command failed, or a part of it. */
  synchronized void failure(ErrorReport report) {
    write(
        line("error", "failure", report.what())
            .put("kind", report.kind())
            .put("details", report.why())
            .put("hint", report.hint())
            .put("exitCode", report.exitCode()));
  }

  /** A stack trace, for bugs and {@code --debug}. */
  synchronized void trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    write(line("debug", "trace", thrown.toString()).put("trace", trace.toString()));
  }

  private Json.Fields line(String level, String event, String message) {
    return Json.object()
        .put("time", clock.instant())
        .put("level", level)
        .put("event", event)
        .put("run", run.map(RunId::toString))
        .put("message", message);
  }

  private void write(Json.Fields line) {
    lines.accept(Json.line(line));
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
