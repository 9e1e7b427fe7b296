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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Programs that a killed run left at work: one that is still making a container or a volume would
 * have it made after everything was taken away, and one that is still stopping a container would
 * stop it after it was let go.
 */
final class Orphans {

  /** How often one is looked for, as a rule: for twenty seconds. */
  static final int LOOKS = 400;

  private static final Path PROCESSES = Path.of("/proc");
  private static final int LONGEST_COMMAND = 1 << 20;
  private static final int PAUSE_MILLIS = 50;

  private Orphans() {}

  /** Waits until no program has a name among its arguments. */
  static void await(String name, Cancellation cancellation) {
    await(name, arguments -> arguments.contains(name), LOOKS, cancellation);
  }

  /**
   * Waits until no program has just these arguments, one after the other: a container's own name
   * stands in the arguments of many a program.
   */
  static void awaitCommand(List<String> words, int looks, Cancellation cancellation) {
    await(
        String.join(" ", words),
        arguments ->
            Collections.indexOfSubList(List.of(arguments.split("\0")), inLatin1(words)) > 0,
        looks,
        cancellation);
  }

  private static void await(
      String what, Predicate<String> working, int looks, Cancellation cancellation) {
    Optional<Path> orphan = find(working);
    for (int look = 0; orphan.isPresent(); look++) {
      cancellation.throwIfCancelled();
      if (look == looks) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "A program of a killed run is still at work with "
                + what
                + ": process "
                + orphan.get().getFileName()
                + ", "
                + argumentsOf(orphan.get()).replace('\0', ' ').strip(),
            "Wait for it or end it, and run holdfast check.");
      }
      cancellation.awaitCancelled(PAUSE_MILLIS);
      orphan = find(working);
    }
  }

  private static Optional<Path> find(Predicate<String> working) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (working.test(argumentsOf(process))) {
          return Optional.of(process);
        }
      }
      return Optional.empty();
    } catch (IOException | DirectoryIteratorException unreadable) {
      return Optional.empty();
    }
  }

  /** Byte by byte, as arguments are. */
  private static List<String> inLatin1(List<String> words) {
    return words.stream()
        .map(word -> new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static String argumentsOf(Path process) {
    try (InputStream in = Files.newInputStream(process.resolve("cmdline"))) {
      return new String(in.readNBytes(LONGEST_COMMAND), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
