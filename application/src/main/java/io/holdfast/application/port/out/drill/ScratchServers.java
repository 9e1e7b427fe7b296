package io.holdfast.application.port.out.drill;

import io.holdfast.application.port.out.command.Cancellation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts PostgreSQL servers that nobody else reaches and that are gone when a drill ends. */
public interface ScratchServers {

  /**
   * Looks whether such a server can be had. Changes nothing.
   *
   * @return empty when there is none of this sort; the next sort is asked then
   * @throws io.holdfast.application.port.failure.SourceFailure when the configuration names one
   *     that is not there
   */
  Optional<Offer> offer(Wish wish, Cancellation cancellation);

  /**
   * What server is wanted.
   *
   * @param drill the drill's own short name, which is part of every name that is made
   * @param cluster the configured cluster whose databases it is for
   * @param major the major version of the server that was backed up, where it is known
   */
  record Wish(String drill, String cluster, OptionalInt major) {}

  /** A server that can be started. */
  interface Offer {

    /** For people: {@code a container of docker.io/library/postgres:15}. */
    String describe();

    /** What an operator should know of it; none as a rule. */
    Optional<String> warning();

    /** A folder of this host on the file system where its data will lie. */
    Path dataPlace();

    /**
     * Starts it. All that it makes was written into the recovery journal before.
     *
     * @param superuser the name of its one role
     * @throws io.holdfast.application.port.failure.SourceFailure when it does not start; nothing is
     *     left of it
     */
    ScratchServer start(String superuser, Cancellation cancellation);
  }
}
