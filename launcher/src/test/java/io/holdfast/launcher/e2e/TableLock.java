package io.holdfast.launcher.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds a table, so that a dump of its database waits for as long as a test needs. */
record TableLock(Cluster cluster, Connection connection) implements AutoCloseable {

  static TableLock of(Cluster cluster, String database, String table) {
    try {
      Connection connection = cluster.connect(database);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      }
      return new TableLock(cluster, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns once a run's dump waits for the lock. */
  void awaitDump(Running run) {
    cluster.await(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LOCK TABLE%' AND wait_event_type = 'Lock'",
        run);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
