package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.launcher.config.SetPlace;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.function.Function;

/**
 * The two streams that a command writes to: results on stdout, all else on stderr. Safe for use by
 * several threads.
 */
public final class Console {

  /** Said by the launcher script, which can ask at no cost whether a stream is a terminal. */
  static final String IN_IS_TERMINAL = "holdfast.terminal.in";

  static final String OUT_IS_TERMINAL = "holdfast.terminal.out";

  static final String ERR_IS_TERMINAL = "holdfast.terminal.err";
  static final String COLUMNS = "holdfast.terminal.columns";

  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private volatile Optional<JsonLog> log = Optional.empty();

  Console(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * What is known of the terminal.
   *
   * @param out true when stdout is one
   * @param err true when stderr is one
   * @param columns how wide it is
   * @param colours false when the operator's environment asks for none
   */
  record Terminal(boolean out, boolean err, int columns, boolean colours) {

    static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS, false);
  }

  /**
   * The process's own streams.
   *
   * @param environment an environment variable by its name
   */
  public static Console ofProcess(Function<String, Optional<String>> environment) {
    boolean dumb = environment.apply("TERM").map("dumb"::equals).orElse(true);
    boolean noColour = environment.apply("NO_COLOR").map(s -> !s.isEmpty()).orElse(false);
    Terminal terminal =
        new Terminal(
            Boolean.getBoolean(OUT_IS_TERMINAL),
            Boolean.getBoolean(ERR_IS_TERMINAL) && !dumb,
            Integer.getInteger(COLUMNS, USUAL_COLUMNS),
            !dumb && !noColour);
    return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    OutputStream buffered = new BufferedOutputStream(new FileOutputStream(descriptor));
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }

  Terminal terminal() {
    return terminal;
  }

  /** A line of a result. */
  void result(String line) {
    synchronized (this) {
      out.print(line);
      out.print('\n');
    }
  }

  /** Text that is a result as it is. */
  void resultText(String text) {
    synchronized (this) {
      out.print(text);
    }
  }

  /** From now on all beside the results is JSON, an object a line. */
  void logAsJson(InstantSource clock) {
    log = Optional.of(new JsonLog(this::sayLine, clock));
  }

  /** Where events go when all beside the results is JSON. */
  Optional<JsonLog> log() {
    return log;
  }

  /** Text of another process's results, at once. */
  void pass(String text) {
    synchronized (this) {
      out.print(text);
      out.flush();
    }
  }

  /** A line beside the results. */
  void say(String line) {
    log.ifPresentOrElse(json -> json.say(line), () -> sayLine(line));
  }

  private void sayLine(String line) {
    synchronized (this) {
      err.print(line);
      err.print('\n');
      err.flush();
    }
  }

  /** Text beside the results, for a line that is drawn over. */
  void sayText(String text) {
    synchronized (this) {
      err.print(text);
      err.flush();
    }
  }

  /** Says that a clean-up takes longer than a process that was told to end may live. */
  public void sayImpatience() {
    new ErrorReport(
            "INTERRUPTED",
            "still not cleaned up; ending anyway",
            List.of(),
            "`holdfast check` undoes what is left",
            ExitCode.INTERRUPTED)
        .say(this, false);
  }

  /**
   * Asks the operator.
   *
   * @return what was typed; empty when there is nobody to ask
   */
  Optional<String> ask(String question) {
    if (!Boolean.getBoolean(IN_IS_TERMINAL)) {
      return Optional.empty();
    }
    sayText(question);
    Scanner keyboard = new Scanner(System.in, Charset.defaultCharset());
    return keyboard.hasNextLine() ? Optional.of(keyboard.nextLine()) : Optional.empty();
  }

  /** Asks the operator for what nobody may see. */
  @SuppressWarnings("SystemConsoleNull")
  private Optional<Secret> askSecret(String question) {
    java.io.Console keyboard = System.console();
    if (!Boolean.getBoolean(IN_IS_TERMINAL) || keyboard == null) {
      return Optional.empty();
    }
    char[] typed = keyboard.readPassword("%s", question);
    if (typed == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Secret.of(typed)).filter(secret -> !secret.isEmpty());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** Whoever sits at the terminal. */
  SetPlace.Operator operator() {
    return new SetPlace.Operator() {
      @Override
      public boolean isThere() {
        return Boolean.getBoolean(IN_IS_TERMINAL);
      }

      @Override
      public Optional<String> ask(String question) {
        return Console.this.ask(question);
      }

      @Override
      public Optional<Secret> askSecret(String question) {
        return Console.this.askSecret(question);
      }
    };
  }

  /** A stack trace, for bugs and {@code --debug}. */
  void trace(Throwable thrown) {
    if (log.isPresent()) {
      log.get().trace(thrown);
      return;
    }
    synchronized (this) {
      thrown.printStackTrace(err);
      err.flush();
    }
  }

  /** Brings the results to their reader; false when they did not all get there. */
  boolean flush() {
    synchronized (this) {
      return !out.checkError();
    }
  }
}
