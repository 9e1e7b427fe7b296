package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.podman.command.Podman;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * This host's Podman: what it has, and the way to its volumes' files. As root they are reached
 * directly, by any other user through {@code podman unshare}, where that user is root to them.
 */
final class PodmanHost {

  /** Messages that are read byte by byte, and files sorted by bytes. */
  private static final Map<String, String> PLAIN_LOCALE = Map.of("LC_ALL", "C");

  private static final int VANISHING_RETRIES = 3;
  private static final String KERNEL_HOST_NAME = "/proc/sys/kernel/hostname";
  private static final int LONGEST_ANSWER = 1024 * 1024;

  private final CommandRunner runner;
  private final Podman podman;
  private @Nullable About about;

  PodmanHost(CommandRunner runner) {
    this.runner = runner;
    this.podman = new Podman(runner);
  }

  /**
   * What Podman says of itself.
   *
   * @param version its version
   * @param rootless true when it is not root's
   * @param volumeFolder where it keeps its volumes
   */
  record About(String version, boolean rootless, String volumeFolder) {}

  /**
   * Asks Podman about itself, once.
   *
   * @throws SourceFailure when there is none, or it works on another machine
   */
  synchronized About about(Cancellation cancellation) {
    if (about == null) {
      JsonNode info = podman.ask(cancellation, "info", "--format", "json");
      String folder = info.path("store").path("volumePath").asString("");
      if (info.path("host").path("serviceIsRemote").asBoolean(false)
          && !isWithinReach(
              info.path("host").path("hostname").asString(""), folder, cancellation)) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "This podman works on another machine, where the volumes' files are out of reach.",
            "Run Holdfast on the machine that has the volumes. In a container of that machine: with"
                + " --uts=host, and with "
                + (folder.isEmpty() ? "the folder of the volumes" : folder)
                + " mounted under the same path.");
      }
      about =
          new About(
              info.path("version").path("Version").asString("unknown"),
              info.path("host").path("security").path("rootless").asBoolean(false),
              folder);
    }
    return about;
  }

  /** A service that is reached by a socket may be that of this very machine. */
  private boolean isWithinReach(String hostName, String folder, Cancellation cancellation) {
    return !folder.isEmpty()
        && plainly(cancellation, "test", "-d", folder).result().succeeded()
        && plainly(cancellation, "cat", KERNEL_HOST_NAME).output().strip().equals(hostName);
  }

  /** Runs a program as whoever runs this; its judgement is the caller's. Answers are short. */
  Outcome plainly(Cancellation cancellation, String... argv) {
    StringBuilder output = new StringBuilder();
    CommandIo io =
        CommandIo.reading(
            stdout ->
                output.append(
                    new String(stdout.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)));
    try {
      return new Outcome(runner.run(Command.of(argv), io, cancellation), output.toString());
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "What " + argv[0] + " prints cannot be read: " + e.getMessage(),
          "",
          e);
    }
  }

  Podman podman() {
    return podman;
  }

  List<PodmanVolume> volumes(Cancellation cancellation) {
    List<PodmanVolume> volumes = new ArrayList<>();
    podman
        .ask(cancellation, "volume", "ls", "--format", "json")
        .forEach(node -> volumes.add(PodmanVolume.of(node)));
    return volumes;
  }

  Optional<PodmanVolume> volume(String name, Cancellation cancellation) {
    return volumes(cancellation).stream().filter(volume -> volume.name().equals(name)).findFirst();
  }

  /** Every container, running or not. One that vanishes between two questions is asked for anew. */
  List<Container> containers(Cancellation cancellation) {
    for (int attempt = 1; ; attempt++) {
      String ids = podman.text(cancellation, List.of("ps", "--all", "--quiet", "--no-trunc"));
      if (ids.isEmpty()) {
        return List.of();
      }
      List<String> question = new ArrayList<>(List.of("container", "inspect"));
      question.addAll(ids.lines().toList());
      Podman.Answer answer = podman.attempt(cancellation, question);
      if (answer.result().succeeded()) {
        List<Container> containers = new ArrayList<>();
        podman.parse(question, answer.text()).forEach(node -> containers.add(Container.of(node)));
        return containers;
      }
      if (attempt == VANISHING_RETRIES) {
        throw Podman.failure(List.of("container", "inspect"), answer.result());
      }
    }
  }

  Optional<Container> container(String name, Cancellation cancellation) {
    return containers(cancellation).stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** A program run with the rights of the volumes' owner. */
  Command asOwner(List<String> argv, Cancellation cancellation) {
    List<String> whole = new ArrayList<>();
    if (about(cancellation).rootless()) {
      whole.addAll(List.of(Podman.PROGRAM, "unshare"));
    }
    whole.addAll(argv);
    return new Command(whole, PLAIN_LOCALE, Map.of());
  }

  /** Runs a program with the rights of the volumes' owner. */
  CommandResult run(Command command, CommandIo io, Cancellation cancellation) throws IOException {
    return runner.run(command, io, cancellation);
  }

  /**
   * Runs a small program with the rights of the volumes' owner.
   *
   * @return what it printed
   * @throws SourceFailure when it fails
   */
  String filesystem(Cancellation cancellation, String... argv) {
    Outcome outcome = attempt(cancellation, List.of(argv));
    if (outcome.result().succeeded()) {
      return outcome.output();
    }
    throw new SourceFailure(
        FailureKind.SOURCE,
        String.join(" ", argv)
            + " failed with exit code "
            + outcome.result().exitCode()
            + ": "
            + outcome.result().stderrTail().strip(),
        "");
  }

  /** The same, leaving the judgement of the exit code to the caller. */
  Outcome attempt(Cancellation cancellation, List<String> argv) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      CommandResult result =
          runner.run(
              asOwner(argv, cancellation),
              CommandIo.reading(stdout -> stdout.transferTo(output)),
              cancellation);
      return new Outcome(result, output.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "What " + argv.get(0) + " prints cannot be read: " + e.getMessage(),
          "",
          e);
    }
  }

  /**
   * How a small program ended.
   *
   * @param result its end
   * @param output what it printed
   */
  record Outcome(CommandResult result, String output) {}
}
