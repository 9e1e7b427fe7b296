package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.launcher.config.TestSurroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command line came to.
 *
 * @param exitCode as a script sees it
 * @param out what went to stdout
 * @param err what went to stderr
 */
record Run(int exitCode, String out, String err) {

  static Run of(FakeSession session, String... arguments) {
    return in(Path.of("/"), session, Console.Terminal.NONE, arguments);
  }

  static Run in(Path folder, FakeSession session, Console.Terminal terminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), terminal);
    Cancellation cancellation = new Cancellation();
    int exitCode =
        new HoldfastCli(
                session,
                console,
                TestSurroundings.of(folder, Map.of("HOME", "/home/op")),
                () -> cancellation)
            .run(arguments);
    return new Run(exitCode, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
