package io.holdfast.podman.codec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Loads libraries that unpack themselves into a folder of temporary files, and deletes the file at
 * once: a loaded library needs it no more, and a killed process could not delete it.
 */
final class NativeLibrary {

  private NativeLibrary() {}

  /** Empty when there is no place to unpack to, or it does not load on this machine. */
  static <T> Optional<T> load(Function<File, Optional<T>> loader) {
    try {
      Path folder = Files.createTempDirectory("holdfast-native");
      try {
        return loader.apply(folder.toFile());
      } catch (LinkageError | RuntimeException e) {
        return Optional.empty();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
