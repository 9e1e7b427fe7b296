package io.holdfast.storage.state;

import io.holdfast.application.port.out.schedule.ScheduleMemory;
import io.holdfast.domain.schedule.Standing;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps a line for each entry in the file {@code schedule} of the state folder: its name, up to
 * when it is served, whether its last run has ended, and its times. Written beside its name, synced
 * and renamed. A line that cannot be understood is passed over: its entry then has missed nothing.
 */
public final class FileScheduleMemory implements ScheduleMemory {

  private static final int LONGEST = 64 * 1024;

  private final Path file;

  /**
   * @param stateFolder made when something is first remembered
   */
  public FileScheduleMemory(Path stateFolder) {
    this.file = stateFolder.resolve("schedule");
  }

  @Override
  public Map<String, Standing> load() {
    Map<String, Standing> standings = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
      text.lines().forEach(line -> understand(line, standings));
    } catch (NoSuchFileException nothingWasEverRun) {
      return standings;
    } catch (IOException e) {
      throw DiskFailures.of("read", file, e);
    }
    return standings;
  }

  @Override
  public void save(Map<String, Standing> standings) {
    StringBuilder text = new StringBuilder();
    standings.forEach(
        (name, standing) ->
            text.append(
                String.join(
                        "\t",
                        name,
                        standing.upTo().toString(),
                        standing.state().name(),
                        standing.expression())
                    + "\n"));
    Path unfinished = file.resolveSibling("schedule.new");
    try {
      Folders.make(Objects.requireNonNull(file.getParent()));
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, StateFolder.FILE_MODE);
      try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw DiskFailures.of("write", file, e);
    }
  }

  private static void understand(String line, Map<String, Standing> standings) {
    String[] fields = line.split("\t", 4);
    if (fields.length < 4) {
      return;
    }
    Optional<Standing.State> state =
        Arrays.stream(Standing.State.values()).filter(s -> s.name().equals(fields[2])).findFirst();
    try {
      Instant upTo = Instant.parse(fields[1]);
      state.ifPresent(known -> standings.put(fields[0], new Standing(fields[3], upTo, known)));
    } catch (DateTimeException notATime) {
      return;
    }
  }
}
