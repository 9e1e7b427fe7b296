package io.holdfast.podman.command;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs programs inside a running container by {@code podman exec}. Secrets reach them through
 * podman's own environment ({@code --env NAME} without a value). Needs {@code sh} in the container.
 */
public final class ContainerCommandRunner implements CommandRunner {

  /** What a shell ends with whose program a signal has killed: 128 and its number. */
  private static final int FIRST_SIGNAL_EXIT = 129;

  private static final int LAST_SIGNAL_EXIT = 192;

  private final HostCommandRunner host;
  private final String podman;
  private final String container;

  /**
   * A runner in one container.
   *
   * @param host runs podman
   * @param container the container's name
   */
  public ContainerCommandRunner(HostCommandRunner host, String container) {
    this(host, Podman.PROGRAM, container);
  }

  ContainerCommandRunner(HostCommandRunner host, String podman, String container) {
    this.host = host;
    this.podman = podman;
    this.container = container;
  }

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    ExecScript script = ExecScript.of(io.stdin().isPresent());
    RemoteProcess remote = new RemoteProcess(host, podman, container, script);
    CommandResult result =
        host.run(
            new Command(
                argv(command, script, io.stdin().isPresent()),
                Map.of(),
                command.secretEnvironment()),
            io,
            cancellation,
            remote);
    // Of a whole group that a signal killed, what the shell said may be lost; podman has no such
    // code.
    if (!result.succeeded() && !remote.isAnnounced() && !wasKilled(result)) {
      throw cannotEnter(result);
    }
    if (result.exitCode() == 126 || result.exitCode() == 127) {
      throwIfMissing(command.argv().get(0), result);
    }
    return result;
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return new PublishedPorts(new Podman(host), container).behind(fromHost, cancellation);
  }

  @Override
  public String place() {
    return "in container " + container;
  }

  private static boolean wasKilled(CommandResult result) {
    return result.exitCode() >= FIRST_SIGNAL_EXIT && result.exitCode() <= LAST_SIGNAL_EXIT;
  }

  private List<String> argv(Command command, ExecScript script, boolean hasInput) {
    List<String> argv = new ArrayList<>(List.of(podman, "exec"));
    if (hasInput) {
      argv.add("--interactive");
    }
    if (!command.environment().containsKey("LC_ALL")) {
      argv.add("--env=LC_ALL=C.UTF-8");
    }
    command.environment().forEach((name, value) -> argv.add("--env=" + name + "=" + value));
    command.secretEnvironment().keySet().forEach(name -> argv.add("--env=" + name));
    argv.add(container);
    argv.addAll(script.argv());
    argv.addAll(command.argv());
    return argv;
  }

  private SourceFailure cannotEnter(CommandResult result) {
    String complaint =
        result.stderrTail().isBlank()
            ? "its shell could start no program (exit code " + result.exitCode() + ")."
            : result.stderrTail();
    if (complaint.contains("no such container")) {
      return new SourceFailure(
          FailureKind.SOURCE,
          "There is no container " + container + ".",
          "Correct its name, or create it; podman ps --all lists what there is.");
    }
    if (complaint.contains("container state improper")) {
      return new SourceFailure(
          FailureKind.SOURCE_UNREACHABLE,
          "Container " + container + " is not running.",
          "Start it: podman start " + container + " (or podman unpause " + container + ").");
    }
    if (complaint.contains("executable file") && complaint.contains("not found")) {
      return new SourceFailure(
          FailureKind.SOURCE,
          "Container " + container + " has no shell (sh), without which nothing can be run in it.",
          "Run the tools on the host instead (tools: host).");
    }
    return new SourceFailure(
        FailureKind.SOURCE, "Nothing can be run in container " + container + ": " + complaint, "");
  }

  private void throwIfMissing(String program, CommandResult result) {
    String complaint = result.stderrTail();
    String last = complaint.substring(complaint.lastIndexOf('\n') + 1);
    if (!last.startsWith(ExecScript.SHELL_NAME + ":")) {
      return;
    }
    throw new SourceFailure(
        FailureKind.SOURCE,
        result.exitCode() == 127
            ? "There is no program " + program + " in container " + container + "."
            : "The program " + program + " may not be run in container " + container + ".",
        "Use an image that has it, or run the tools on the host (tools: host).");
  }
}
