package io.holdfast.storage.state;

import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import io.holdfast.storage.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps runs in {@code runs/} of the state folder, the newest thousand and at most 64 MiB. A run
 * that is at work is never forgotten.
 */
public final class FileRunJournal implements RunJournal {

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Room for some ten thousand artifacts. */
  private static final int MOST_FACTS = 4 << 20;

  private final RunFiles files;
  private final RunTotals totals;
  private final ProcessTable processes;
  private final RunFiles.Bounds bounds;

  /**
   * A journal in a state folder.
   *
   * @param stateFolder made when a run is first begun
   * @param processes tells whose process is gone
   */
  public FileRunJournal(Path stateFolder, ProcessTable processes) {
    this(stateFolder, processes, RunFiles.Bounds.USUAL);
  }

  FileRunJournal(Path stateFolder, ProcessTable processes, RunFiles.Bounds bounds) {
    Path runs = new StateFolder(stateFolder).runs();
    this.files = new RunFiles(runs);
    this.totals = new RunTotals(runs);
    this.processes = processes;
    this.bounds = bounds;
  }

  @Override
  public RunLog begin(RunKind kind, Instant started) {
    try {
      Folders.make(files.folder());
      RunRecord record = claim(kind, started);
      write(record);
      trim();
      return new FileRunLog(record);
    } catch (IOException e) {
      throw DiskFailures.of("write", files.folder(), e);
    }
  }

  /** A name that is taken, by this process a moment ago, moves on to the next free second. */
  private RunRecord claim(RunKind kind, Instant started) throws IOException {
    long pid = processes.self();
    String mark = processes.markOf(pid).orElse("");
    for (Instant at = started; ; at = at.plusSeconds(1)) {
      RunId id = new RunId(ID_TIME.format(at) + "-" + kind.command() + "-" + pid);
      try {
        Files.createFile(files.facts(id), StateFolder.FILE_MODE);
        return new RunRecord(new Run(id, kind, started, Optional.empty()), pid, mark);
      } catch (FileAlreadyExistsException taken) {
        // The next second's then.
      }
    }
  }

  @Override
  public List<Run> runs() {
    try {
      List<Run> runs = new ArrayList<>();
      for (RunId id : files.ids()) {
        read(id).ifPresent(record -> runs.add(record.run()));
      }
      return List.copyOf(runs);
    } catch (IOException e) {
      throw DiskFailures.of("read", files.folder(), e);
    }
  }

  @Override
  public Optional<Run> find(RunId id) {
    return read(id).map(RunRecord::run);
  }

  @Override
  public List<LogLine> log(RunId id) {
    Path file = files.log(id);
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      return LogLines.readAll(SmallFile.read(file, bounds.logBytes()));
    } catch (IOException e) {
      throw DiskFailures.of("read", file, e);
    }
  }

  @Override
  public boolean isAtWork(Run run) {
    return run.ending().isEmpty() && read(run.id()).filter(this::isAlive).isPresent();
  }

  @Override
  public Map<RunKind, Map<RunOutcome, Long>> totals() {
    try {
      return totals.read().orElse(Map.of());
    } catch (IOException e) {
      throw DiskFailures.of("read", files.folder(), e);
    }
  }

  private boolean isAlive(RunRecord record) {
    return record.run().ending().isEmpty()
        && processes.markOf(record.pid()).equals(Optional.of(record.processMark()));
  }

  /** A run's file; empty when there is none that can be read. */
  private Optional<RunRecord> read(RunId id) {
    try {
      return Optional.of(RunJson.read(SmallFile.read(files.facts(id), MOST_FACTS)));
    } catch (IOException | MalformedJsonException unreadable) {
      return Optional.empty();
    }
  }

  private void write(RunRecord record) throws IOException {
    ReplacedFile.write(files.facts(record.run().id()), RunJson.write(record));
  }

  private void trim() throws IOException {
    files.trim(bounds, id -> read(id).filter(this::isAlive).isPresent());
  }

  /** The journal of one run, in its two files. */
  private final class FileRunLog implements RunLog {
    private final RunRecord record;
    private final BoundedLog log;
    private boolean counted;

    FileRunLog(RunRecord record) throws IOException {
      this.record = record;
      this.log = new BoundedLog(files.log(record.run().id()), bounds.logBytes());
    }

    @Override
    public Run run() {
      return record.run();
    }

    @Override
    public void line(LogLine line) {
      try {
        log.add(line);
      } catch (IOException e) {
        throw DiskFailures.of("write", files.log(record.run().id()), e);
      }
    }

    @Override
    public void end(Run ended) {
      try {
        RunRecord whole = new RunRecord(ended, record.pid(), record.processMark());
        if (counted) {
          write(whole);
        } else {
          counted = true;
          totals.count(ended, () -> write(whole), FileRunJournal.this::runs);
        }
        trim();
      } catch (IOException e) {
        throw DiskFailures.of("write", files.folder(), e);
      }
    }

    @Override
    public void close() {
      try {
        log.close();
      } catch (IOException e) {
        throw DiskFailures.of("close", files.log(record.run().id()), e);
      }
    }
  }
}
