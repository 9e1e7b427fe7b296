package io.holdfast.storage.state;

import io.holdfast.domain.history.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The files of the runs: {@code ID.json} says what a run was, {@code ID.log} what it told. */
record RunFiles(Path folder) {

  private static final String FACTS = ".json";
  private static final String LOG = ".log";

  /**
   * How much is kept.
   *
   * @param runs how many
   * @param bytes how many bytes of all
   * @param logBytes how many bytes of one log
   */
  record Bounds(int runs, long bytes, int logBytes) {

    static final Bounds USUAL = new Bounds(1_000, 64L << 20, 1 << 20);
  }

  Path facts(RunId id) {
    return folder.resolve(id + FACTS);
  }

  Path log(RunId id) {
    return folder.resolve(id + LOG);
  }

  /** Every run that left a file, newest first. */
  List<RunId> ids() throws IOException {
    return List.copyOf(sizes().keySet());
  }

  /** Removes the oldest runs that are too many or take too much room, but none that is spared. */
  void trim(Bounds bounds, Predicate<RunId> spared) throws IOException {
    int count = 0;
    long bytes = 0;
    for (Map.Entry<RunId, Long> each : sizes().entrySet()) {
      count++;
      bytes += each.getValue();
      boolean tooMuch = count > bounds.runs() || bytes > bounds.bytes();
      if (tooMuch && !spared.test(each.getKey())) {
        bytes -= each.getValue();
        remove(each.getKey());
      }
    }
  }

  private void remove(RunId id) throws IOException {
    for (Path file : List.of(log(id), facts(id))) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ReplacedFile.UNFINISHED));
      Files.deleteIfExists(file);
    }
  }

  private Map<RunId, Long> sizes() throws IOException {
    Map<RunId, Long> sizes = new TreeMap<>(Comparator.reverseOrder());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Optional<RunId> id = idOf(file.getFileName().toString());
        if (id.isPresent()) {
          sizes.merge(id.get(), sizeOf(file), Long::sum);
        }
      }
    } catch (NoSuchFileException nothingYet) {
      return Map.of();
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    return sizes;
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException removedMeanwhile) {
      return 0;
    }
  }

  private static Optional<RunId> idOf(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? Optional.empty() : RunId.parse(name.substring(0, dot));
  }
}
