package io.holdfast.storage.state;

import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import io.holdfast.storage.json.MalformedJsonException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps each intent as a JSON file in {@code intents/} of the state folder, written beside its
 * name, synced, and renamed. A file that cannot be read is warned of and left alone: it may be the
 * only trace of a container that somebody waits for.
 */
public final class FileRecoveryJournal implements RecoveryJournal {

  private static final String SUFFIX = ".json";
  private static final String UNFINISHED = ".new";
  private static final Pattern WRITER = Pattern.compile("(\\d{1,18})-");

  private final StateFolder state;
  private final ProcessTable processes;
  private final Clock clock;
  private final BackupEvents events;

  /**
   * A journal in a state folder.
   *
   * @param stateFolder made when an intent is first recorded
   * @param processes tells whose process is gone
   * @param clock when intents are recorded
   * @param events is warned of files that cannot be read
   */
  public FileRecoveryJournal(
      Path stateFolder, ProcessTable processes, Clock clock, BackupEvents events) {
    this.state = new StateFolder(stateFolder);
    this.processes = processes;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public Entry record(Intent intent) {
    long pid = processes.self();
    String mark =
        processes
            .markOf(pid)
            .orElseThrow(() -> new IllegalStateException("this process is not among the living"));
    IntentRecord record = new IntentRecord(clock.instant(), pid, mark, intent);
    Path file = state.intents().resolve(pid + "-" + UUID.randomUUID() + SUFFIX);
    try {
      Folders.make(state.intents());
      write(file, IntentJson.write(record));
    } catch (IOException e) {
      throw DiskFailures.of("write", file, e);
    }
    return new FileEntry(file, record);
  }

  @Override
  public List<Entry> abandoned() {
    List<FileEntry> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state.intents())) {
      for (Path file : files) {
        consider(file, found);
      }
    } catch (NoSuchFileException nothingWasEverRecorded) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw DiskFailures.of("read", state.intents(), Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw DiskFailures.of("read", state.intents(), e);
    }
    found.sort(
        Comparator.comparing((FileEntry entry) -> entry.record.recorded())
            .thenComparing(entry -> entry.file));
    return List.copyOf(found);
  }

  private void consider(Path file, List<FileEntry> found) {
    String name = file.getFileName().toString();
    try {
      if (name.endsWith(UNFINISHED)) {
        clearUnfinished(file, name);
        return;
      }
      IntentRecord record = IntentJson.read(Files.readAllBytes(file));
      if (!processes.markOf(record.pid()).equals(Optional.of(record.processMark()))) {
        found.add(new FileEntry(file, record));
      }
    } catch (NoSuchFileException struckMeanwhile) {
      return;
    } catch (IOException | MalformedJsonException e) {
      events.on(
          new BackupEvent.Warning(
              "An intent of an earlier run cannot be read, "
                  + file
                  + ": "
                  + e.getMessage()
                  + ". See whether all containers run, then remove the file."));
    }
  }

  /** Its writer was killed before it could do what it intended; or it is writing right now. */
  private void clearUnfinished(Path file, String name) throws IOException {
    Matcher writer = WRITER.matcher(name);
    if (writer.lookingAt() && processes.markOf(Long.parseLong(writer.group(1))).isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.createFile(unfinished, StateFolder.FILE_MODE);
    try {
      try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
        out.write(bytes);
        out.getFD().sync();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** An intent and the file that it is written in. */
  private record FileEntry(Path file, IntentRecord record) implements Entry {

    @Override
    public Intent intent() {
      return record.intent();
    }

    @Override
    public void strike() {
      try {
        Files.deleteIfExists(file);
        Folders.sync(Objects.requireNonNull(file.getParent()));
      } catch (IOException e) {
        throw DiskFailures.of("delete", file, e);
      }
    }
  }
}
