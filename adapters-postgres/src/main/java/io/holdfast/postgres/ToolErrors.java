package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.CommandResult;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts what a tool wrote to its error output into a failure. */
final class ToolErrors {

  private static final int LINES = 6;

  /** In the words of PostgreSQL's own extensions and of others. */
  private static final List<String> PRELOAD =
      List.of("shared_preload_libraries", "must be preloaded");

  private static final Pattern EXTENSION =
      Pattern.compile("CREATE EXTENSION (?:IF NOT EXISTS )?\"?([\\w-]+)");

  private ToolErrors() {}

  /** The last lines that it wrote, or its exit code where it wrote none. */
  static String lastLines(CommandResult result) {
    List<String> lines = result.stderrTail().lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "exit code " + result.exitCode();
    }
    return lines.stream()
        .skip(Math.max(0, lines.size() - LINES))
        .map(String::strip)
        .collect(Collectors.joining(" | "));
  }

  /** A tool that ended badly; {@code doing} completes "could not". */
  static SourceFailure failed(String tool, String doing, CommandResult result) {
    String said = lastLines(result);
    if (PRELOAD.stream().anyMatch(result.stderrTail()::contains)) {
      return notPreloaded(tool + " could not " + doing, said, result.stderrTail());
    }
    return new SourceFailure(
        FailureKind.SOURCE, tool + " could not " + doing + ": " + said, hintFor(said));
  }

  private static SourceFailure notPreloaded(String what, String said, String stderr) {
    Matcher named = EXTENSION.matcher(stderr);
    String extension =
        named.find() ? "extension " + named.group(1) : "an extension of the database";
    return new SourceFailure(
        FailureKind.SOURCE,
        what
            + ": "
            + extension
            + " works only on a server that loads its library at the start, and this one does not: "
            + said,
        "Add the library to shared_preload_libraries where the server runs, and restart it. For a"
            + " drill, name an image whose server loads it with drill: image:.");
  }

  private static String hintFor(String said) {
    if (said.contains("password authentication failed") || said.contains("no password supplied")) {
      return "The tools log in by themselves: check the cluster's password, or ~/.pgpass where"
          + " they run.";
    }
    if (said.contains("permission denied") || said.contains("must be")) {
      return "Use a superuser, or grant the right that is named.";
    }
    if (said.contains("No space left on device") || said.contains("could not extend file")) {
      return "Free space on the server's disk.";
    }
    if (said.contains("lock timeout") || said.contains("statement timeout")) {
      return "Something held a lock for minutes; see pg_stat_activity, then try again.";
    }
    return "";
  }
}
