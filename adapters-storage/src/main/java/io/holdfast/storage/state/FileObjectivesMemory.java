package io.holdfast.storage.state;

import io.holdfast.application.port.out.history.ObjectivesMemory;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps the objectives that were missed as the lines of {@code objectives/LOOK} in the state
 * folder, written beside its name and renamed.
 */
public final class FileObjectivesMemory implements ObjectivesMemory {

  private static final Pattern LOOK = Pattern.compile("[a-z][a-z-]*");

  private final Path folder;

  /**
   * A memory in a state folder.
   *
   * @param stateFolder made when something is first remembered
   */
  public FileObjectivesMemory(Path stateFolder) {
    this.folder = new StateFolder(stateFolder).objectives();
  }

  @Override
  public Set<String> missed(String look) {
    Path file = fileOf(look);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Set<String> missed = new TreeSet<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        missed.add(line);
      }
      return missed;
    } catch (NoSuchFileException nothingWasMissedYet) {
      return Set.of();
    } catch (IOException e) {
      throw DiskFailures.of("read", file, e);
    }
  }

  @Override
  public void remember(String look, Set<String> missed) {
    Path file = fileOf(look);
    Path unfinished = file.resolveSibling(look + "-" + UUID.randomUUID() + ".new");
    try {
      Folders.make(folder);
      try {
        Files.createFile(unfinished, StateFolder.FILE_MODE);
        Files.write(unfinished, new TreeSet<>(missed), StandardCharsets.UTF_8);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw DiskFailures.of("write", file, e);
    }
  }

  private Path fileOf(String look) {
    if (!LOOK.matcher(look).matches()) {
      throw new IllegalArgumentException("not the name of a look: " + look);
    }
    return folder.resolve(look);
  }
}
