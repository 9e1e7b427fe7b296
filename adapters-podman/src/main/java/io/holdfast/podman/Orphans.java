package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Programs that a killed run left at work: one that is still making a container or a volume would
 * have it made after everything was taken away.
 */
final class Orphans {

  private static final Path PROCESSES = Path.of("/proc");
  private static final int LONGEST_COMMAND = 1 << 20;
  private static final int PAUSE_MILLIS = 50;
  private static final int LOOKS = 400;

  private Orphans() {}

  /** Waits until no program has a name among its arguments. */
  static void await(String name, Cancellation cancellation) {
    Optional<Path> orphan = find(name);
    for (int look = 0; orphan.isPresent(); look++) {
      cancellation.throwIfCancelled();
      if (look == LOOKS) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "A program of a killed run is still at work with "
                + name
                + ": process "
                + orphan.get().getFileName()
                + ", "
                + argumentsOf(orphan.get()).replace('\0', ' ').strip(),
            "End it, and run holdfast check.");
      }
      cancellation.awaitCancelled(PAUSE_MILLIS);
      orphan = find(name);
    }
  }

  private static Optional<Path> find(String name) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (argumentsOf(process).contains(name)) {
          return Optional.of(process);
        }
      }
      return Optional.empty();
    } catch (IOException | DirectoryIteratorException unreadable) {
      return Optional.empty();
    }
  }

  private static String argumentsOf(Path process) {
    try (InputStream in = Files.newInputStream(process.resolve("cmdline"))) {
      return new String(in.readNBytes(LONGEST_COMMAND), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
