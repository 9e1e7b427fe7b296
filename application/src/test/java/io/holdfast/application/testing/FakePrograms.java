package io.holdfast.application.testing;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Programs of which a test says what they print and how they end. */
public final class FakePrograms implements CommandRunner {

  /** Those that were run, in order. */
  public final List<Command> ran = new ArrayList<>();

  /** Exit codes by program; zero for the others. */
  public final Map<String, Integer> exitCodes = new LinkedHashMap<>();

  /** What each prints. */
  public String prints = "";

  /** What happens while each is at work. */
  public Consumer<Cancellation> meanwhile = cancellation -> {};

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    cancellation.throwIfCancelled();
    ran.add(command);
    meanwhile.accept(cancellation);
    cancellation.throwIfCancelled();
    io.stdout().readFrom(new ByteArrayInputStream(prints.getBytes(StandardCharsets.UTF_8)));
    int exitCode = exitCodes.getOrDefault(command.argv().get(0), 0);
    return new CommandResult(exitCode, exitCode == 0 ? "" : "first line\nit will not");
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "on the host";
  }
}
