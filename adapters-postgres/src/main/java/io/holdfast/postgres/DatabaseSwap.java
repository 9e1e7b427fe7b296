package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a filled database in the place of another, and brings an unfinished swap to an end. */
final class DatabaseSwap {

  /** Each waits five seconds in the server for the database to be left. */
  private static final int ATTEMPTS = 6;

  private static final int ORPHAN_PAUSE_MILLIS = 50;
  private static final int ORPHAN_LOOKS = 400;
  private static final String ORPHANS =
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
          + " WHERE pid <> pg_catalog.pg_backend_pid() AND application_name = ?"
          + " AND state = 'active' AND pg_catalog.strpos(query, ?) > 0";

  private final Connections connections;

  DatabaseSwap(Connections connections) {
    this.connections = connections;
  }

  /** Renames the present one away and the incoming one in, both or neither. */
  void swap(Intent.SwapDatabase intent, Cancellation cancellation) {
    Set<String> left = new LinkedHashSet<>(Set.of(intent.incoming()));
    if (intent.outgoing().isPresent()) {
      left.add(intent.database());
    }
    withoutSessions(
        left,
        intent,
        cancellation,
        session ->
            session.inTransaction(
                "swap the databases",
                () -> {
                  intent
                      .outgoing()
                      .ifPresent(outgoing -> rename(session, intent.database(), outgoing));
                  rename(session, intent.incoming(), intent.database());
                }));
  }

  /** Drops a database, a template too. */
  void drop(Intent.SwapDatabase intent, String database, Cancellation cancellation) {
    withoutSessions(Set.of(database), intent, cancellation, session -> drop(session, database));
  }

  /**
   * Drops what is half restored; brings the old database back where it was renamed away and none
   * took its place; drops it where one did. May be called again.
   *
   * @return what was done, for people
   */
  String settle(Intent.SwapDatabase intent, Cancellation cancellation) {
    boolean incoming;
    boolean outgoing;
    boolean present;
    try (Session session = connections.openAdmin(namesOf(intent), cancellation)) {
      endOrphans(session, intent, cancellation);
      incoming = exists(session, intent.incoming());
      outgoing = intent.outgoing().map(name -> exists(session, name)).orElse(false);
      present = exists(session, intent.database());
    }
    String done = "nothing was left of the restore of database " + intent.database();
    if (incoming) {
      drop(intent, intent.incoming(), cancellation);
      done = "dropped the half restored " + intent.incoming();
    }
    if (outgoing && !present) {
      String old = intent.outgoing().orElseThrow();
      withoutSessions(
          Set.of(old), intent, cancellation, session -> rename(session, old, intent.database()));
      done = "renamed " + old + " back to " + intent.database();
    } else if (outgoing) {
      String old = intent.outgoing().orElseThrow();
      drop(intent, old, cancellation);
      done = "dropped " + old + ", which " + intent.database() + " had replaced";
    }
    return done;
  }

  /**
   * The server goes on with a CREATE DATABASE whose client was killed, and the database would
   * appear after we had looked for it.
   */
  private static void endOrphans(
      Session session, Intent.SwapDatabase intent, Cancellation cancellation) {
    String name = Quoting.identifier(intent.incoming());
    String doing = "end what a killed run left running";
    for (int look = 0; look < ORPHAN_LOOKS; look++) {
      cancellation.throwIfCancelled();
      List<Boolean> ended =
          session.query(doing, ORPHANS, row -> true, Connections.APPLICATION_NAME, name);
      if (ended.isEmpty()) {
        return;
      }
      cancellation.awaitCancelled(ORPHAN_PAUSE_MILLIS);
    }
  }

  /** Work that needs databases without sessions. */
  @FunctionalInterface
  private interface Work {
    void run(Session session);
  }

  private void withoutSessions(
      Set<String> left, Intent.SwapDatabase intent, Cancellation cancellation, Work work) {
    Set<String> avoid = namesOf(intent);
    try (Session session = connections.openAdmin(avoid, cancellation);
        Evictor evictor = new Evictor(connections, left, avoid)) {
      for (int attempt = 1; !attempted(session, work, evictor, attempt == ATTEMPTS); attempt++) {
        cancellation.throwIfCancelled();
      }
    }
  }

  private static boolean attempted(Session session, Work work, Evictor evictor, boolean last) {
    try {
      work.run(session);
      return true;
    } catch (SourceFailure e) {
      if (!SqlErrors.isInUse(e) || last) {
        Optional<Failure> reason = evictor.failure();
        reason.ifPresent(e::addSuppressed);
        throw e;
      }
      return false;
    }
  }

  private static void rename(Session session, String from, String to) {
    session.execute(
        "rename database '" + from + "' to '" + to + "'",
        "ALTER DATABASE " + Quoting.identifier(from) + " RENAME TO " + Quoting.identifier(to));
  }

  private static void drop(Session session, String database) {
    boolean template =
        session
            .first(
                "look at database '" + database + "'",
                "SELECT datistemplate FROM pg_catalog.pg_database WHERE datname = ?",
                row -> row.getBoolean(1),
                database)
            .orElse(false);
    String doing = "drop database '" + database + "'";
    if (template) {
      session.execute(
          doing, "ALTER DATABASE " + Quoting.identifier(database) + " IS_TEMPLATE false");
    }
    session.execute(doing, "DROP DATABASE IF EXISTS " + Quoting.identifier(database));
  }

  static boolean exists(Session session, String database) {
    return session
        .first(
            "look for database '" + database + "'",
            "SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?",
            row -> row.getInt(1),
            database)
        .isPresent();
  }

  /** None of them can be connected to while it is renamed. */
  private static Set<String> namesOf(Intent.SwapDatabase intent) {
    Set<String> names = new LinkedHashSet<>();
    names.add(intent.database());
    names.add(intent.incoming());
    intent.outgoing().ifPresent(names::add);
    return names;
  }
}
