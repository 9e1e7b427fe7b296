package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Share;
import io.holdfast.launcher.config.DurationText;
import io.holdfast.launcher.config.Surroundings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: understands the arguments, runs a command, tells what came of it. */
public final class HoldfastCli {

  private static final int HELP_WIDTH = 100;

  private final GlobalOptions options = new GlobalOptions();
  private final Console console;
  private final Invocation invocation;

  /**
   * @param factory makes use cases; asked by commands that need them only
   * @param console where output goes
   * @param surroundings what the process was started with
   * @param cancellation asked for by commands that must clean up when they are interrupted
   */
  public HoldfastCli(
      SessionFactory factory,
      Console console,
      Surroundings surroundings,
      Supplier<Cancellation> cancellation) {
    this.console = console;
    this.invocation = new Invocation(options, factory, console, surroundings, cancellation);
  }

  /**
   * Runs a command.
   *
   * @param arguments as the operator gave them
   * @return the exit code
   */
  public int run(String... arguments) {
    int exitCode = runAndTell(arguments);
    if (!console.flush() && exitCode == ExitCode.DONE) {
      String what = "the result could not be written to stdout";
      new ErrorReport("BUG", what, List.of(), "", ExitCode.BUG).say(console, false);
      return ExitCode.BUG;
    }
    return exitCode;
  }

  /**
   * What is wrong with a command line that is carried out by itself later; empty when nothing.
   *
   * @param arguments the command first
   */
  public static Optional<String> misuse(
      SessionFactory factory, Surroundings surroundings, List<String> arguments) {
    Console console = Console.ofProcess(surroundings.environment());
    HoldfastCli cli = new HoldfastCli(factory, console, surroundings, Cancellation::new);
    try {
      cli.commandLine(arguments).parseArgs(arguments.toArray(String[]::new));
      return Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(messageOf(e));
    }
  }

  private int runAndTell(String... arguments) {
    ParseResult parsed;
    try {
      parsed = commandLine(Arrays.asList(arguments)).parseArgs(arguments);
    } catch (ParameterException e) {
      logAs(formatIn(arguments));
      boolean json = Arrays.asList(arguments).contains("--json");
      return tell(ErrorReport.ofUsage(messageOf(e), hintOf(e)), json);
    }
    logAs(options.logFormat);
    CommandLine deepest = deepestOf(parsed);
    if (options.help) {
      console.resultText(deepest.getUsageMessage(Ansi.OFF));
      return ExitCode.DONE;
    }
    if (options.version) {
      console.result("holdfast " + Version.text());
      return ExitCode.DONE;
    }
    if (deepest.getCommand() instanceof Action action) {
      return run(action);
    }
    return tell(
        ErrorReport.ofUsage(
            "no command is given",
            "`" + deepest.getCommandSpec().qualifiedName() + " --help` lists them"),
        options.json);
  }

  private void logAs(Optional<LogFormat> format) {
    if (format.isPresent() && format.get() == LogFormat.JSON) {
      console.logAsJson(invocation.factory().clock());
    }
  }

  /**
   * What stands on a command line that was not understood: its error is to be read by a program
   * too.
   */
  private static Optional<LogFormat> formatIn(String... arguments) {
    String all = String.join(" ", arguments).toLowerCase(Locale.ROOT);
    return all.matches(".*--log-format[ =]json\\b.*")
        ? Optional.of(LogFormat.JSON)
        : Optional.empty();
  }

  private int run(Action action) {
    try {
      Outcome outcome = action.run();
      if (outcome.written()) {
        return outcome.exitCode();
      }
      if (options.json) {
        console.resultText(Json.render(outcome.json().get()));
      } else if (!options.quiet || outcome.answer() || outcome.exitCode() != ExitCode.DONE) {
        outcome.text().accept(new Page(console, invocation.resultColours()));
      }
      return outcome.exitCode();
    } catch (Failure failure) {
      trace(failure);
      return tell(ErrorReport.of(failure, action.whenInterrupted()), options.json);
    } catch (RuntimeException | Error bug) {
      trace(bug);
      return tell(ErrorReport.ofBug(bug, options.debug), options.json);
    }
  }

  private int tell(ErrorReport report, boolean json) {
    report.say(console, invocation.errorColours());
    if (json) {
      console.resultText(Json.render(report.json()));
    }
    return report.exitCode();
  }

  private void trace(Throwable thrown) {
    if (options.debug) {
      console.trace(thrown);
    }
  }

  private CommandLine commandLine(List<String> arguments) {
    CommandLine commandLine = new CommandLine(options);
    Map<String, Supplier<Object>> commands = commands();
    boolean all =
        arguments.contains("--help") || Collections.disjoint(commands.keySet(), arguments);
    commands.forEach(
        (name, command) -> {
          if (all || arguments.contains(name)) {
            commandLine.addSubcommand(name, command.get());
          }
        });
    return commandLine
        .setUsageHelpWidth(HELP_WIDTH)
        .setAllowSubcommandsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, HoldfastCli::duration)
        .registerConverter(Share.class, HoldfastCli::share);
  }

  /** Each is made only where its name stands: reading the annotations of all slows every start. */
  private Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("init", () -> new InitCommand(invocation));
    commands.put("check", () -> new CheckCommand(invocation));
    commands.put("backup", () -> new BackupCommand(invocation));
    commands.put("list", () -> new ListCommand(invocation));
    commands.put("show", () -> new ShowCommand(invocation));
    commands.put("verify", () -> new VerifyCommand(invocation));
    commands.put("restore", () -> new RestoreCommand(invocation));
    commands.put("copy", () -> new CopyCommand(invocation));
    commands.put("prune", () -> new PruneCommand(invocation));
    commands.put("status", () -> new StatusCommand(invocation));
    commands.put("pin", () -> new PinCommand(invocation));
    commands.put("unpin", () -> new UnpinCommand(invocation));
    commands.put("target", () -> TargetCommand.group(invocation));
    commands.put("schedule", () -> ScheduleCommand.group(invocation));
    commands.put("locks", () -> new LocksCommand(invocation));
    commands.put("history", () -> new HistoryCommand(invocation));
    commands.put("ls", () -> new LsCommand(invocation));
    return commands;
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is not " + DurationText.EXPECTED));
  }

  private static Share share(String text) {
    return Share.parse(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Share.EXPECTED));
  }

  private static CommandLine deepestOf(ParseResult parsed) {
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return deepest.commandSpec().commandLine();
  }

  private static String messageOf(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().collect(Collectors.joining("; "));
  }

  private static String hintOf(ParameterException e) {
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String help = "`" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help` tells more";
    return near.isEmpty() ? help : "did you mean " + String.join(" or ", near) + "? " + help;
  }
}
