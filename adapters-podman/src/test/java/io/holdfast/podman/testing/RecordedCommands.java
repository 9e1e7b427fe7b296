package io.holdfast.podman.testing;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs that answer what they were told to, by the beginning of their command line; the longest
 * that fits counts. One that nobody told fails.
 */
public final class RecordedCommands implements CommandRunner {

  private final Map<String, Answer> answers = new HashMap<>();
  private final List<String> ran = new ArrayList<>();

  private record Answer(int exitCode, String output, String errors) {}

  /** Has a command succeed and print. */
  public void answer(String beginning, String output) {
    answers.put(beginning, new Answer(0, output, ""));
  }

  /** Has a command fail. */
  public void fail(String beginning, int exitCode, String errors) {
    answers.put(beginning, new Answer(exitCode, "", errors));
  }

  /** The command lines that were run, in order. */
  public List<String> ran() {
    return List.copyOf(ran);
  }

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    cancellation.throwIfCancelled();
    String line = String.join(" ", command.argv());
    ran.add(line);
    Answer answer =
        answers.entrySet().stream()
            .filter(entry -> line.startsWith(entry.getKey()))
            .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
            .map(Map.Entry::getValue)
            .orElse(new Answer(99, "", "nobody told what to answer to: " + line));
    answer.errors().lines().forEach(io.stderrLine());
    io.stdout()
        .readFrom(new ByteArrayInputStream(answer.output().getBytes(StandardCharsets.UTF_8)));
    return new CommandResult(answer.exitCode(), answer.errors());
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "on paper";
  }
}
