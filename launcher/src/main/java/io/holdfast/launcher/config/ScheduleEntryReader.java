package io.holdfast.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is run when: {@code backup: "0 2 * * *"}, or a section with arguments too. */
final class ScheduleEntryReader {

  private static final String EXPECTED = "five cron fields such as \"0 2 * * *\", or @daily";

  /** What each command is run with where nothing is said. */
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "backup",
          List.of(),
          "verify",
          List.of("all", "--sample", "5%"),
          "prune",
          List.of(),
          "status",
          List.of("--notify"));

  /** These wait for each other rather than fail, unless it is said how long. */
  private static final Set<String> WAITING = Set.of("backup", "prune");

  private static final List<String> WAIT = List.of("--wait", "1h");

  /** Options of every command: those of an entry are decided by who runs it. */
  private static final Set<String> NOT_HERE =
      Set.of(
          "--config",
          "--json",
          "--quiet",
          "--debug",
          "--no-color",
          "--log-format",
          "--version",
          "--help");

  private final Section schedule;
  private final ScheduleGrammar grammar;

  ScheduleEntryReader(Section schedule, ScheduleGrammar grammar) {
    this.schedule = schedule;
    this.grammar = grammar;
  }

  List<ScheduleEntry> read() {
    List<ScheduleEntry> entries = new ArrayList<>();
    for (String name : List.of("backup", "verify", "prune", "status", "drill")) {
      if (schedule.keys().contains(name) && !schedule.isScalar(name)) {
        schedule
            .section(name, true)
            .flatMap(section -> withArguments(name, section))
            .ifPresent(entries::add);
      } else {
        schedule
            .parsed(name, EXPECTED, this::cron)
            .map(
                cron ->
                    new ScheduleEntry(
                        name, cron, arguments(name, USUAL.getOrDefault(name, List.of()))))
            .ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<ScheduleEntry> withArguments(String name, Section section) {
    Optional<String> cron = section.parsed("at", EXPECTED, this::cron);
    if (!section.keys().contains("at")) {
      section.problem("", "says no time; expected at: with " + EXPECTED);
    }
    Optional<List<String>> given = section.texts("arguments");
    given.ifPresent(arguments -> check(name, arguments, section));
    section.end();
    List<String> arguments = arguments(name, given.orElse(USUAL.getOrDefault(name, List.of())));
    return cron.map(at -> new ScheduleEntry(name, at, arguments));
  }

  private void check(String name, List<String> arguments, Section section) {
    for (String argument : arguments) {
      String option = argument.split("=", 2)[0];
      if (NOT_HERE.contains(option)) {
        section.problem("arguments", option + " is not for an entry; expected options of " + name);
        return;
      }
    }
    List<String> command = new ScheduleEntry(name, "", arguments).command();
    grammar.misuse().apply(command).ifPresent(wrong -> section.problem("arguments", wrong));
  }

  private static List<String> arguments(String name, List<String> given) {
    boolean said = given.stream().anyMatch(word -> word.split("=", 2)[0].equals("--wait"));
    if (said || !WAITING.contains(name)) {
      return given;
    }
    List<String> arguments = new ArrayList<>(given);
    arguments.addAll(WAIT);
    return arguments;
  }

  private Optional<String> cron(String text) {
    return Optional.of(text.strip()).filter(grammar.cron());
  }
}
