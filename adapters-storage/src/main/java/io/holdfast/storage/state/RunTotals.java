package io.holdfast.storage.state;

import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many runs have ended how, in {@code totals.json}: kept apart, since the runs themselves are
 * forgotten. Several processes count at once, so each does under a lock.
 */
final class RunTotals {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_TRIES = 250;
  private static final long BETWEEN_TRIES_MILLIS = 20;

  /** A lock of the system is one of the process: its threads keep each other out by this. */
  private static final Object WITHIN_PROCESS = new Object();

  private final Path file;
  private final Path lock;

  RunTotals(Path runs) {
    this.file = runs.resolve("totals.json");
    this.lock = runs.resolve("totals.lock");
  }

  /** Writes how a run ended. */
  @FunctionalInterface
  interface Ending {
    void write() throws IOException;
  }

  /**
   * Counts a run that ends. Its end is written under the same lock, so that whoever counts anew
   * counts it once; it is written too when the lock cannot be had.
   *
   * @param ending writes its end
   * @param remembered what to count anew from where there are no totals yet, that run among them
   */
  void count(Run ended, Ending ending, Supplier<List<Run>> remembered) throws IOException {
    boolean interrupted = Thread.interrupted();
    boolean locking = true;
    synchronized (WITHIN_PROCESS) {
      try (RandomAccessFile locked = open()) {
        acquire(locked);
        locking = false;
        ending.write();
        Optional<Map<RunKind, Map<RunOutcome, Long>>> known = read();
        Map<RunKind, Map<RunOutcome, Long>> totals = known.orElseGet(RunTotals::none);
        List<Run> more = known.isPresent() ? List.of(ended) : remembered.get();
        more.forEach(run -> add(run, totals));
        ReplacedFile.write(file, write(totals));
      } catch (IOException e) {
        if (locking) {
          ending.write();
        }
        throw e;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private RandomAccessFile open() throws IOException {
    try {
      Files.createFile(lock, StateFolder.FILE_MODE);
    } catch (FileAlreadyExistsException fromEarlier) {
      // Kept on purpose: a lock on a file that another process may remove would lock nothing.
    }
    return new RandomAccessFile(lock.toFile(), "rw");
  }

  /** The totals; empty when there are none yet, or none that can be read. */
  Optional<Map<RunKind, Map<RunOutcome, Long>>> read() throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      Fields json = Fields.of(Json.read(SmallFile.read(file, MOST_BYTES)));
      Map<RunKind, Map<RunOutcome, Long>> totals = none();
      for (RunKind kind : RunKind.values()) {
        if (json.has(kind.command())) {
          read(json.object(kind.command()), kind, totals);
        }
      }
      return Optional.of(totals);
    } catch (MalformedJsonException unreadable) {
      return Optional.empty();
    }
  }

  private static void read(Fields json, RunKind kind, Map<RunKind, Map<RunOutcome, Long>> totals)
      throws MalformedJsonException {
    for (RunOutcome outcome : RunOutcome.values()) {
      if (json.has(outcome.name())) {
        of(kind, totals).put(outcome, json.count(outcome.name()));
      }
    }
  }

  private static byte[] write(Map<RunKind, Map<RunOutcome, Long>> totals) {
    Map<String, Object> json = new LinkedHashMap<>();
    totals.forEach(
        (kind, outcomes) -> {
          Map<String, Object> counts = new LinkedHashMap<>();
          outcomes.forEach((outcome, count) -> counts.put(outcome.name(), count));
          json.put(kind.command(), counts);
        });
    return Json.write(json);
  }

  private static void acquire(RandomAccessFile locked) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      FileLock got = locked.getChannel().tryLock();
      if (got != null) {
        return;
      }
      try {
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while another process counts", e);
      }
    }
    throw new IOException("another process has been counting for too long");
  }

  private static void add(Run run, Map<RunKind, Map<RunOutcome, Long>> totals) {
    run.ending()
        .map(RunEnding::outcome)
        .ifPresent(outcome -> of(run.kind(), totals).merge(outcome, 1L, Long::sum));
  }

  private static Map<RunOutcome, Long> of(
      RunKind kind, Map<RunKind, Map<RunOutcome, Long>> totals) {
    return totals.computeIfAbsent(kind, any -> new EnumMap<>(RunOutcome.class));
  }

  private static Map<RunKind, Map<RunOutcome, Long>> none() {
    return new EnumMap<>(RunKind.class);
  }
}
