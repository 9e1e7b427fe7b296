package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.Optional;
import java.util.Set;

/**
 * Ends the sessions of databases again and again, on a connection and a thread of its own, while
 * another connection renames or drops them: those statements wait a few seconds for a database to
 * be left, and an application reconnects within one.
 */
final class Evictor implements AutoCloseable {

  private static final int PAUSE_MILLIS = 100;

  /** Autovacuum's workers leave by themselves, and only a superuser may end them. */
  private static final String SQL =
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
          + " WHERE datname = ANY (pg_catalog.string_to_array(?, pg_catalog.chr(1)))"
          + " AND pid <> pg_catalog.pg_backend_pid() AND backend_type <> 'autovacuum worker'";

  private final Session session;
  private final String databases;
  private final Cancellation ending = new Cancellation();
  private final Thread thread;
  private volatile Optional<Failure> failure = Optional.empty();

  Evictor(Connections connections, Set<String> databases, Set<String> avoid) {
    this.session = connections.openAdmin(avoid, new Cancellation());
    this.databases = String.join("\u0001", databases);
    this.thread = new Thread(this::loop, "evictor");
    thread.setDaemon(true);
    thread.start();
  }

  /** Why sessions could not be ended, where they could not. */
  Optional<Failure> failure() {
    return failure;
  }

  private void loop() {
    do {
      try {
        session.query("end the sessions of the database", SQL, row -> row.getBoolean(1), databases);
      } catch (Failure e) {
        failure = Optional.of(e);
      }
    } while (!ending.awaitCancelled(PAUSE_MILLIS));
  }

  @Override
  public void close() {
    ending.cancel();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
