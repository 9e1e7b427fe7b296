package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers commands from a script instead of running them. */
final class FakeRunner implements CommandRunner {

  /** What a command does. */
  record Answer(int exit, String stdout, String stderr) {}

  private final Function<List<String>, Answer> script;
  final List<Command> commands = new ArrayList<>();
  final ByteArrayOutputStream stdin = new ByteArrayOutputStream();

  FakeRunner(Function<List<String>, Answer> script) {
    this.script = script;
  }

  /** Says a version, and otherwise one thing. */
  static FakeRunner ofVersion(String version, Answer otherwise) {
    return new FakeRunner(
        argv ->
            argv.contains("--version")
                ? new Answer(0, argv.get(0) + " (PostgreSQL) " + version + "\n", "")
                : otherwise);
  }

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    commands.add(command);
    Answer answer = script.apply(command.argv());
    if (io.stdin().isPresent()) {
      io.stdin().get().writeTo(stdin);
    }
    io.stdout()
        .readFrom(new ByteArrayInputStream(answer.stdout().getBytes(StandardCharsets.UTF_8)));
    answer.stderr().lines().forEach(io.stderrLine());
    return new CommandResult(answer.exit(), answer.stderr());
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return new Endpoint("inside", 6543);
  }

  @Override
  public String place() {
    return "in container pg";
  }
}
