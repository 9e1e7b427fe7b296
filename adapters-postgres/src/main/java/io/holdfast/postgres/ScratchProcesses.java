package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes of a server that has all its files in one folder, and the folder itself: takes both
 * away, however far the server had come.
 */
final class ScratchProcesses {

  private static final Path PROCESSES = Path.of("/proc");
  private static final int LONGEST_COMMAND = 1 << 20;
  private static final int PAUSE_MILLIS = 20;
  private static final int LOOKS = 500;

  private final CommandRunner runner;
  private final Path folder;

  ScratchProcesses(CommandRunner runner, Path folder) {
    this.runner = runner;
    this.folder = folder;
  }

  static Path dataOf(Path folder) {
    return folder.resolve("data");
  }

  /** Ends all of them and removes the folder. May be called again. */
  void remove(Cancellation cancellation) {
    // The postmaster ends its children and gives back shared memory; killed outright it does not.
    postmaster().filter(mine()::contains).ifPresent(pid -> signal("QUIT", pid, cancellation));
    if (!areGone(cancellation)) {
      mine().forEach(pid -> signal("KILL", pid, cancellation));
      if (!areGone(cancellation)) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "Processes of the drill's server in " + folder + " do not end: " + mine(),
            "End them, and run holdfast check.");
      }
    }
    CommandResult result = run(List.of("rm", "-rf", "--", folder.toString()), cancellation);
    if (!result.succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The folder " + folder + " of a drill cannot be removed: " + result.stderrTail().strip(),
          "Remove it by hand, and run holdfast check.");
    }
  }

  private boolean areGone(Cancellation cancellation) {
    for (int look = 0; look < LOOKS; look++) {
      if (mine().isEmpty()) {
        return true;
      }
      cancellation.throwIfCancelled();
      cancellation.awaitCancelled(PAUSE_MILLIS);
    }
    return false;
  }

  private Optional<String> postmaster() {
    try (var lines = Files.lines(dataOf(folder).resolve("postmaster.pid"))) {
      return lines.findFirst().map(String::strip);
    } catch (IOException | UncheckedIOException none) {
      return Optional.empty();
    }
  }

  private void signal(String name, String pid, Cancellation cancellation) {
    // It may have ended by itself meanwhile; whether all are gone is looked at afterwards.
    run(List.of("kill", "-" + name, pid), cancellation);
  }

  private CommandResult run(List<String> argv, Cancellation cancellation) {
    try {
      return runner.run(Command.of(argv), CommandIo.reading(out -> {}), cancellation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that work in the folder or have it among their arguments. */
  private List<String> mine() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (worksIn(process) || mentions(process)) {
          found.add(process.getFileName().toString());
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      return found;
    }
    return found;
  }

  private boolean worksIn(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException goneOrAnothers) {
      return false;
    }
  }

  private boolean mentions(Path process) {
    try (InputStream in = Files.newInputStream(process.resolve("cmdline"))) {
      return new String(in.readNBytes(LONGEST_COMMAND), StandardCharsets.UTF_8)
          .contains(folder + "/");
    } catch (IOException gone) {
      return false;
    }
  }
}
