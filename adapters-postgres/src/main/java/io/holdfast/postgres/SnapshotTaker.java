package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the snapshots of a cluster's databases: connects to all of them first, so that the
 * snapshots themselves are taken within a moment.
 */
final class SnapshotTaker {

  private static final String TOO_MANY_CONNECTIONS = "53300";

  /** A server's and a role's settings must not end a snapshot before its dump is done. */
  private static final String NO_TIMEOUTS =
      "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name IN"
          + " ('idle_in_transaction_session_timeout', 'idle_session_timeout',"
          + " 'transaction_timeout')";

  /** Counts by what every role may see. */
  private static final String FREE_CONNECTIONS =
      "SELECT least(current_setting('max_connections')::bigint"
          + " - current_setting('superuser_reserved_connections')::bigint"
          + " - (SELECT sum(numbackends) FROM pg_catalog.pg_stat_database),"
          + " CASE WHEN rolsuper OR rolconnlimit < 0 THEN NULL ELSE rolconnlimit"
          + " - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE usename = rolname) END)"
          + " FROM pg_catalog.pg_roles WHERE rolname = current_user";

  /** A database may let in so few that its own dump would find no place beside the snapshot. */
  private static final String ROOM_FOR_THE_DUMP =
      "SELECT rolsuper OR datconnlimit < 0 OR datconnlimit > numbackends"
          + " FROM pg_catalog.pg_database d JOIN pg_catalog.pg_stat_database s ON s.datid = d.oid"
          + " JOIN pg_catalog.pg_roles ON rolname = current_user"
          + " WHERE d.datname = current_database()";

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;
  private final Cancellation cancellation;
  private final Map<ArtifactId, Session> sessions = new LinkedHashMap<>();
  private final Map<ArtifactId, Snapshots.Snapshot> snapshots = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private Optional<ClusterCut> cut = Optional.empty();

  SnapshotTaker(
      ClusterSettings settings, Connections connections, Clock clock, Cancellation cancellation) {
    this.settings = settings;
    this.connections = connections;
    this.clock = clock;
    this.cancellation = cancellation;
  }

  /**
   * Takes them. A database without one is told of in the remarks, and dumped as it then is.
   *
   * @throws SourceFailure when the server is not there; nothing is left
   */
  Snapshots take(List<ArtifactId> databases, ToolVersion server) {
    boolean taken = false;
    try {
      connect(databases);
      String position = positionOf(server);
      for (Map.Entry<ArtifactId, Session> entry : sessions.entrySet()) {
        snapshot(entry.getKey(), entry.getValue(), position);
      }
      taken = true;
      return new Snapshots(snapshots, cut, remarks);
    } finally {
      if (!taken) {
        sessions.values().forEach(Snapshots::end);
      }
    }
  }

  /** Half of what is free stays free: for the dumps themselves, and for whom the server is. */
  private void connect(List<ArtifactId> databases) {
    Optional<Long> most = Optional.empty();
    List<String> left = new ArrayList<>();
    for (ArtifactId database : databases) {
      if (most.isPresent() && sessions.size() >= most.get()) {
        left.add(database.name());
        continue;
      }
      try {
        Session session = connections.open(database.name(), cancellation);
        sessions.put(database, session);
        most = Optional.of(most.isPresent() ? most.get() : most(session));
        session.names("lift timeouts", NO_TIMEOUTS);
        if (most.get() == 0) {
          drop(database);
          left.add(database.name());
        } else if (!has(session, ROOM_FOR_THE_DUMP)) {
          drop(database);
          remark(database, "its connection limit leaves none for it beside the dump");
        }
      } catch (SourceFailure failure) {
        drop(database);
        if (SqlErrors.isState(failure, TOO_MANY_CONNECTIONS)) {
          left.add(database.name());
        } else if (failure.kind() == FailureKind.SOURCE_UNREACHABLE) {
          throw failure;
        } else {
          remark(database, failure.getMessage());
        }
      }
    }
    if (!left.isEmpty()) {
      remarks.add(
          "Cluster "
              + settings.name()
              + " has too few free connections to fix all databases at one moment; each of these"
              + " is as of when its dump began: "
              + String.join(", ", left)
              + ".");
    }
  }

  private void snapshot(ArtifactId database, Session session, String position) {
    try {
      session.beginSnapshot();
      List<String> taken =
          session
              .query(
                  "export the snapshot of database '" + database.name() + "'",
                  "SELECT pg_catalog.pg_export_snapshot(), " + position,
                  row -> List.of(row.getString(1), String.valueOf(row.getString(2))))
              .get(0);
      snapshots.put(database, new Snapshots.Snapshot(session, taken.get(0)));
      Instant now = clock.instant();
      cut =
          Optional.of(
              cut.map(earlier -> earlier.and(now, taken.get(1)))
                  .orElseGet(() -> new ClusterCut(settings.name(), now, taken.get(1))));
    } catch (SourceFailure failure) {
      if (failure.kind() == FailureKind.SOURCE_UNREACHABLE) {
        throw failure;
      }
      Snapshots.end(session);
      remark(database, failure.getMessage());
    }
  }

  /** Functions for the place in the log have these names since version 10. */
  private static String positionOf(ToolVersion server) {
    return server.major() >= 10
        ? "CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()"
            + " ELSE pg_catalog.pg_current_wal_lsn() END"
        : "CASE WHEN pg_catalog.pg_is_in_recovery() THEN"
            + " pg_catalog.pg_last_xlog_replay_location()"
            + " ELSE pg_catalog.pg_current_xlog_location() END";
  }

  private static boolean has(Session session, String condition) {
    return session
        .first("look at limits of connections", condition, row -> row.getBoolean(1))
        .orElse(true);
  }

  /** How many sessions there may be, the first of them included. */
  private static long most(Session first) {
    long free =
        first
            .first("count the free connections", FREE_CONNECTIONS, row -> row.getLong(1))
            .orElse(Long.MAX_VALUE);
    return free < 1 ? 0 : 1 + free / 2;
  }

  private void drop(ArtifactId database) {
    Optional.ofNullable(sessions.remove(database)).ifPresent(Snapshots::end);
  }

  private void remark(ArtifactId database, String why) {
    remarks.add(
        "Database "
            + database.name()
            + " of cluster "
            + settings.name()
            + " has no snapshot and is as of when its dump began: "
            + why
            + (why.endsWith(".") ? "" : "."));
  }
}
