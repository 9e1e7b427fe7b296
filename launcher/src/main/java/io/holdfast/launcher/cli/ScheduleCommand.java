package io.holdfast.launcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast schedule}: who keeps the configuration's schedule, and how. */
@Command(
    name = "schedule",
    sortOptions = false,
    header = "Keep the schedule: by systemd, or in the foreground.",
    description =
        "What is run when is said by schedule: in the configuration. `install` lets systemd keep it;"
            + " `run` keeps it in a container or on a host without systemd.",
    synopsisSubcommandLabel = "COMMAND")
final class ScheduleCommand {

  private ScheduleCommand() {}

  /** The group with its commands. */
  static CommandLine group(Invocation invocation) {
    return new CommandLine(new ScheduleCommand())
        .addSubcommand("install", new ScheduleInstallCommand(invocation))
        .addSubcommand("show", new ScheduleShowCommand(invocation))
        .addSubcommand("remove", new ScheduleRemoveCommand(invocation))
        .addSubcommand("run", new ScheduleRunCommand(invocation));
  }
}
