package io.holdfast.launcher.config;

import io.holdfast.application.history.RunHooks;
import io.holdfast.domain.history.RunKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** Reads the operator's own programs around runs: lists of arguments, never lines for a shell. */
final class HooksReader {

  static final String EXAMPLE = "[\"/usr/local/bin/freeze\", \"--now\"]";

  private static final List<RunKind> KINDS = List.of(RunKind.BACKUP, RunKind.RESTORE);

  private HooksReader() {}

  static Map<RunKind, RunHooks> read(Section root) {
    Map<RunKind, RunHooks> hooks = new EnumMap<>(RunKind.class);
    root.section("hooks", true)
        .ifPresent(
            section -> {
              for (RunKind kind : KINDS) {
                section
                    .section(kind.command(), true)
                    .ifPresent(around -> hooks.put(kind, hooks(around)));
              }
              section.end();
            });
    return hooks;
  }

  private static RunHooks hooks(Section section) {
    RunHooks hooks =
        new RunHooks(
            programs(section, "before"),
            programs(section, "after"),
            programs(section, "on-failure"),
            section
                .parsed("timeout", DurationText.EXPECTED, HooksReader::duration)
                .orElse(RunHooks.USUAL_TIMEOUT));
    section.end();
    return hooks;
  }

  private static List<List<String>> programs(Section section, String key) {
    List<List<String>> programs = new ArrayList<>();
    for (List<Value> argv : section.commandLines(key, EXAMPLE)) {
      if (argv.stream().allMatch(argument -> isPlain(argument, section))) {
        programs.add(argv.stream().map(Value::text).toList());
      }
    }
    return programs;
  }

  /** Arguments stand in the table of processes, where every user of the host can read them. */
  static boolean isPlain(Value argument, Section section) {
    Matcher reference = Reference.ANY.matcher(argument.text());
    while (reference.find()) {
      if (Reference.of(reference).isPresent()) {
        section
            .reading()
            .problem(
                argument,
                "a reference would show in the program's arguments, which every user of the host"
                    + " can read; let the program read it itself");
        return false;
      }
    }
    if (argument.text().indexOf('\0') >= 0) {
      section.reading().problem(argument, "an argument cannot hold a NUL character");
      return false;
    }
    return true;
  }

  private static Optional<Duration> duration(String text) {
    return DurationText.parse(text).filter(duration -> !duration.isZero());
  }
}
