package io.holdfast.application.port.out.drill;

import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;

/** An empty PostgreSQL server that is reached by a unix socket of this host alone. */
public interface ScratchServer extends AutoCloseable {

  /** The folder of its socket, and the number in the socket's name. */
  Endpoint endpoint();

  /** The role to log in as; it needs no password. */
  String superuser();

  /** Runs programs where its client programs are, and tells where they find it. */
  CommandRunner tools();

  /** True when these do not see the files of this host. */
  boolean toolsInContainer();

  /**
   * Takes it away with all that it held.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when something is left, which stays
   *     in the recovery journal
   */
  @Override
  void close();
}
