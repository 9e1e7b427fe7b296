package io.holdfast.launcher.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A command that is run by itself.
 *
 * @param name the command's, which is the entry's too
 * @param cron when
 * @param arguments what follows the command's name
 */
public record ScheduleEntry(String name, String cron, List<String> arguments) {
  public ScheduleEntry {
    arguments = List.copyOf(arguments);
  }

  /** The command line, without the program and its global options. */
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(name);
    command.addAll(arguments);
    return command;
  }
}
