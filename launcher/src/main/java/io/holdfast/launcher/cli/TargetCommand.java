package io.holdfast.launcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code holdfast target}: what is done with one storage target. */
@Command(
    name = "target",
    sortOptions = false,
    header = "Try or trust one storage target.",
    description = "What is done with one storage target, named as in the configuration.",
    synopsisSubcommandLabel = "COMMAND")
final class TargetCommand {

  private TargetCommand() {}

  /** The group with its commands. */
  static CommandLine group(Invocation invocation) {
    return new CommandLine(new TargetCommand())
        .addSubcommand("verify", new TargetVerifyCommand(invocation))
        .addSubcommand("trust", new TargetTrustCommand(invocation));
  }
}
