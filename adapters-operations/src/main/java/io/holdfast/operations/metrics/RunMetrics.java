package io.holdfast.operations.metrics;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.recovery.DrillHistory;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps figures of runs for Prometheus, and writes them to a text file after each. */
public final class RunMetrics implements RunObserver {

  private final Subject subject;
  private final FiguresFile file;
  private final Optional<Path> textFile;
  private final RunJournal journal;
  private final DrillLedger drills;
  private final InstantSource clock;
  private final Map<String, Boolean> notified = new LinkedHashMap<>();

  /**
   * @param subject of whom they are
   * @param stateFolder where they are kept
   * @param textFile where node_exporter looks for them
   * @param journal counts runs
   * @param drills what was shown of sets
   * @param clock tells the time
   */
  public RunMetrics(
      Subject subject,
      Path stateFolder,
      Optional<Path> textFile,
      RunJournal journal,
      DrillLedger drills,
      InstantSource clock) {
    this.drills = drills;
    this.subject = subject;
    this.file = new FiguresFile(stateFolder);
    this.textFile = textFile;
    this.journal = journal;
    this.clock = clock;
  }

  /** Takes note of whether a notifier took its message; counted when the run has ended. */
  public synchronized void notified(String notifier, boolean taken) {
    notified.merge(notifier, taken, Boolean::logicalAnd);
  }

  @Override
  public List<String> started(Run run) {
    return List.of();
  }

  @Override
  public List<String> ended(Run run, Optional<Run> before) {
    return run.ending().map(end -> change(tally -> tally.run(run, end))).orElse(List.of());
  }

  @Override
  public List<String> objectives(List<String> missed) {
    return change(tally -> tally.missed(missed.size()));
  }

  /** The figures as they are now. */
  MetricSnapshots snapshots() throws IOException {
    return exposition(file.read());
  }

  static void write(MetricSnapshots figures, OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create().write(out, figures, EscapingScheme.UNDERSCORE_ESCAPING);
  }

  private synchronized List<String> change(Consumer<Tally> change) {
    try {
      file.change(
          figures -> {
            Tally tally = new Tally(figures);
            tally.notified(notified, clock.instant());
            change.accept(tally);
          },
          this::publish);
      notified.clear();
      return List.of();
    } catch (IOException e) {
      return List.of("metrics: cannot write " + shown(e));
    } catch (Failure e) {
      return List.of("metrics: " + e.getMessage());
    }
  }

  private void publish(Figures figures) throws IOException {
    if (textFile.isPresent()) {
      MetricSnapshots told = exposition(figures);
      AtomicFile.replace(textFile.get(), "rw-r--r--", out -> write(told, out));
    }
  }

  private MetricSnapshots exposition(Figures figures) {
    return Exposition.of(subject, figures, journal.totals(), new DrillHistory(drills.drills()));
  }

  private String shown(IOException error) {
    String where = textFile.map(Path::toString).orElse("the state folder");
    if (error instanceof NoSuchFileException) {
      return where + ": its folder does not exist; make it, or correct metrics.textfile";
    }
    if (error instanceof AccessDeniedException) {
      return where + ": no right to; give this user the right to write in its folder";
    }
    String reason = error instanceof FileSystemException named ? named.getReason() : null;
    return where + ": " + Optional.ofNullable(reason).orElse(String.valueOf(error.getMessage()));
  }
}
