package io.holdfast.operations.systemd;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;

/** Runs nothing: where a test must not touch the host's service manager. */
final class NoPrograms implements CommandRunner {

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation) {
    throw new AssertionError("nothing is to be run here: " + command);
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "nowhere";
  }
}
