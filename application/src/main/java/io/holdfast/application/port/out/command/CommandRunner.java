package io.holdfast.application.port.out.command;

import java.io.IOException;

/**
 * Runs programs, on the host or in a container, streaming in and out. The program and all that it
 * started are ended when the run is cancelled or the reader or writer fails. Never a shell; secrets
 * only through the environment.
 */
public interface CommandRunner {

  /**
   * Runs a program to its end.
   *
   * @param cancellation ends it
   * @return how it ended, whatever its exit code: the caller judges
   * @throws IOException what the reader threw, or what the writer threw unless the program had
   *     closed its input or ended
   * @throws io.holdfast.application.port.failure.SourceFailure when it cannot be started: no such
   *     program, no such container, container not running
   * @throws io.holdfast.application.port.failure.InterruptedFailure when cancelled
   */
  CommandResult run(Command command, CommandIo io, Cancellation cancellation) throws IOException;

  /**
   * Where programs that run here find the server that the host finds at an endpoint: in a
   * container, the port behind the published one.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when the container is not there
   */
  Endpoint reach(Endpoint fromHost, Cancellation cancellation);

  /** Where programs run, for people: {@code on the host}, {@code in container umig_postgres}. */
  String place();
}
