package io.holdfast.application.port.out.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What goes into a program and what comes out.
 *
 * @param stdin writes the program's input; empty for none. That the program closes its input early
 *     is no failure by itself
 * @param stdout reads the program's output, to its end or not; what it leaves is drained
 * @param stderrLine is shown each line of the error output, cut at 8 KiB, without its newline;
 *     called by another thread
 */
public record CommandIo(Optional<Writer> stdin, Reader stdout, Consumer<String> stderrLine) {

  /** Writes a program's input. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream stdin) throws IOException;
  }

  /** Reads a program's output. */
  @FunctionalInterface
  public interface Reader {
    void readFrom(InputStream stdout) throws IOException;
  }

  /** No input; the output goes to a reader. */
  public static CommandIo reading(Reader stdout) {
    return new CommandIo(Optional.empty(), stdout, line -> {});
  }

  /** Input from a writer; the output is dropped. */
  public static CommandIo writing(Writer stdin) {
    return new CommandIo(Optional.of(stdin), out -> {}, line -> {});
  }

  /** The same with error lines shown to a consumer. */
  public CommandIo withStderr(Consumer<String> lines) {
    return new CommandIo(stdin, stdout, lines);
  }
}
