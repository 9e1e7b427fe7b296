package io.holdfast.podman.command;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;

/**
 * Runs programs as children of this process: the only place that starts any. Unless told otherwise
 * a child speaks English in UTF-8 ({@code LC_ALL=C.UTF-8}), because its messages are read.
 */
public final class HostCommandRunner implements CommandRunner {

  private static final File NO_INPUT = new File("/dev/null");

  private final Ending ending;

  /** Programs that it ends are ended soon. */
  public HostCommandRunner() {
    this(Ending.SOON);
  }

  /**
   * @param ending how programs are ended that shall not go on
   */
  public HostCommandRunner(Ending ending) {
    this.ending = ending;
  }

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    return run(command, io, cancellation, Remote.NONE);
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "on the host";
  }

  /**
   * Runs a program whose work is done by another process.
   *
   * @param remote that other process
   */
  CommandResult run(Command command, CommandIo io, Cancellation cancellation, Remote remote)
      throws IOException {
    cancellation.throwIfCancelled();
    Process process = start(command, io.stdin().isPresent());
    return new ChildRun(process, program(command), io, cancellation, remote, ending).toItsEnd();
  }

  private static Process start(Command command, boolean hasInput) {
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    if (!hasInput) {
      builder.redirectInput(Redirect.from(NO_INPUT));
    }
    Map<String, String> environment = builder.environment();
    environment.remove("LANGUAGE");
    environment.put("LC_ALL", "C.UTF-8");
    environment.putAll(command.environment());
    command
        .secretEnvironment()
        .forEach(
            (name, secret) ->
                secret.<Object>reveal(
                    characters -> {
                      environment.put(name, new String(characters));
                      return name;
                    }));
    try {
      return builder.start();
    } catch (IOException e) {
      throw cannotStart(program(command), e);
    }
  }

  private static SourceFailure cannotStart(String program, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("error=2,")) {
      return new SourceFailure(
          FailureKind.SOURCE,
          "There is no program " + program + " on this host.",
          "Install it, or add its folder to the PATH.",
          cause);
    }
    if (reason.contains("error=13,")) {
      return new SourceFailure(
          FailureKind.SOURCE,
          "The program " + program + " may not be run by this user.",
          "Make it executable for the user that runs Holdfast.",
          cause);
    }
    return new SourceFailure(
        FailureKind.SOURCE, "The program " + program + " cannot be started: " + reason, "", cause);
  }

  private static String program(Command command) {
    return command.argv().get(0);
  }
}
