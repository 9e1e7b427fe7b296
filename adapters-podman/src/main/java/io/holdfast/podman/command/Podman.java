package io.holdfast.podman.command;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks Podman's command line, and has it act. Its answers are small: they are kept in memory. */
public final class Podman {

  /** The program's name. */
  public static final String PROGRAM = "podman";

  private static final int LONGEST_ANSWER = 64 * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CommandRunner runner;

  /** Podman as a runner of programs on the host finds it. */
  public Podman(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Asks for JSON.
   *
   * @throws SourceFailure when podman fails, or answers something else
   */
  public JsonNode ask(Cancellation cancellation, String... arguments) {
    return ask(cancellation, List.of(arguments));
  }

  /** The same with the arguments as a list. */
  public JsonNode ask(Cancellation cancellation, List<String> arguments) {
    return parse(arguments, text(cancellation, arguments));
  }

  /** Reads the JSON that podman printed for some arguments; nothing is an empty list. */
  public JsonNode parse(List<String> arguments, String answer) {
    try {
      return JSON.readTree(answer.isBlank() ? "[]" : answer);
    } catch (JacksonException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "What podman " + arguments.get(0) + " answers is no JSON.",
          "Run it by hand: podman " + String.join(" ", arguments),
          e);
    }
  }

  /**
   * Has podman act, or asks for text.
   *
   * @return what it printed, without white space around it
   * @throws SourceFailure when podman fails
   */
  public String text(Cancellation cancellation, List<String> arguments) {
    Answer answer = attempt(cancellation, arguments);
    if (!answer.result().succeeded()) {
      throw failure(arguments, answer.result());
    }
    return answer.text();
  }

  /** Has podman act and leaves the judgement of its exit code to the caller. */
  public Answer attempt(Cancellation cancellation, List<String> arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(PROGRAM);
    argv.addAll(arguments);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CommandResult result =
          runner.run(
              Command.of(argv), CommandIo.reading(stdout -> copy(stdout, out)), cancellation);
      return new Answer(result, out.toString(StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The answer of podman " + arguments.get(0) + " cannot be read: " + e.getMessage(),
          "",
          e);
    }
  }

  /** What a podman command that failed amounts to. */
  public static SourceFailure failure(List<String> arguments, CommandResult result) {
    return new SourceFailure(
        FailureKind.SOURCE,
        "podman "
            + String.join(" ", arguments)
            + " failed with exit code "
            + result.exitCode()
            + ": "
            + result.stderrTail().strip(),
        "");
  }

  private static void copy(InputStream from, ByteArrayOutputStream to) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    int count = from.read(buffer);
    while (count >= 0) {
      if (to.size() + count > LONGEST_ANSWER) {
        throw new IOException("it is longer than " + LONGEST_ANSWER + " bytes");
      }
      to.write(buffer, 0, count);
      count = from.read(buffer);
    }
  }

  /**
   * An answer.
   *
   * @param result how the command ended
   * @param text what it printed, without white space around it
   */
  public record Answer(CommandResult result, String text) {}
}
