package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.PinBackup;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast unpin}: lets the rules have a set again. */
@Command(
    name = "unpin",
    sortOptions = false,
    header = "Take a set's pin away.",
    description =
        "Unpins a set on every target. One that is not pinned is no error. Exit code 12 when a "
            + "target could not be asked; the others are done.")
final class UnpinCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      description = "a set's id, or `latest` (the newest COMPLETE one of this host)")
  String set = "";

  @Option(names = "--target", paramLabel = "NAME", description = "only on this target")
  Optional<String> target = Optional.empty();

  UnpinCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    return PinCommand.run("unpin", invocation, set, target, PinBackup::unpin);
  }
}
