package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.Secret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A connection to one database. A statement under way ends when the run is cancelled. */
final class Session implements AutoCloseable {

  private final Connection connection;
  private final ClusterSettings settings;
  private final String database;
  private final Cancellation cancellation;

  Session(
      Connection connection, ClusterSettings settings, String database, Cancellation cancellation) {
    this.connection = connection;
    this.settings = settings;
    this.database = database;
    this.cancellation = cancellation;
  }

  /** Reads one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement and reads what it returns. */
  @FunctionalInterface
  interface StatementUse<T> {
    T use(Statement statement) throws SQLException;
  }

  /** Work within a transaction. */
  @FunctionalInterface
  interface Work {
    void run();
  }

  /** The database that it is connected to. */
  String database() {
    return database;
  }

  /** The same connection, whose statements another cancellation ends. */
  Session cancelledBy(Cancellation other) {
    return new Session(connection, settings, database, other);
  }

  /** All rows of a query; {@code doing} completes "could not". */
  @SuppressWarnings("try")
  <T> List<T> query(String doing, String sql, RowReader<T> reader, Object... parameters) {
    cancellation.throwIfCancelled();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (Cancellation.Registration ending = cancellation.onCancel(() -> cancel(statement));
          ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(reader.read(rows));
        }
        return read;
      }
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** The first row of a query. */
  <T> Optional<T> first(String doing, String sql, RowReader<T> reader, Object... parameters) {
    return query(doing, sql, reader, parameters).stream().findFirst();
  }

  /** Names, in the order of the query. */
  List<String> names(String doing, String sql, Object... parameters) {
    return query(doing, sql, row -> row.getString(1), parameters);
  }

  /** True when the server takes a value: a query with one parameter does not fail. */
  boolean takes(String sql, String parameter) {
    try {
      query("try a value", sql, row -> true, parameter);
      return true;
    } catch (SourceFailure e) {
      if (SqlErrors.isInvalidValue(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Runs one statement as it is written; {@code doing} completes "could not". */
  void execute(String doing, String sql) {
    statement(doing, statement -> statement.execute(sql));
  }

  /** Lets a statement be used as its user will; {@code doing} completes "could not". */
  @SuppressWarnings("try")
  <T> T statement(String doing, StatementUse<T> use) {
    cancellation.throwIfCancelled();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (Cancellation.Registration ending = cancellation.onCancel(() -> cancel(statement))) {
        return use.use(statement);
      }
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** Runs one statement that holds a password's hash; no part of it gets into a failure. */
  void execute(String doing, Secret sql) {
    try {
      sql.reveal(
          characters -> {
            execute(doing, String.valueOf(characters));
            return true;
          });
    } catch (SourceFailure e) {
      throw SqlErrors.isSyntaxError(e)
          ? new SourceFailure(e.kind(), "Could not " + doing + ": its statement is malformed.", "")
          : e;
    }
  }

  /** Runs work that takes effect as a whole or not at all. */
  void inTransaction(String doing, Work work) {
    try {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        work.run();
        connection.commit();
        done = true;
      } finally {
        if (!done) {
          rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** Begins a transaction that sees one moment and writes nothing; it lasts until the session. */
  void beginSnapshot() {
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw failure("begin a snapshot of database '" + database + "'", e);
    }
  }

  /** Within a transaction: runs work, and takes it back where it fails. */
  Optional<Failure> attempt(String doing, Work work) {
    try {
      Savepoint before = connection.setSavepoint();
      try {
        work.run();
        connection.releaseSavepoint(before);
        return Optional.empty();
      } catch (InterruptedFailure e) {
        throw e;
      } catch (Failure e) {
        connection.rollback(before);
        return Optional.of(e);
      }
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /**
   * Within a transaction: reads, and lets go of the locks that reading took. A query locks a table
   * and each of its indexes until its transaction ends, and the server's room for locks is small.
   */
  <T> T aside(String doing, Supplier<T> reading) {
    try {
      Savepoint before = connection.setSavepoint();
      T read = reading.get();
      connection.rollback(before);
      connection.releaseSavepoint(before);
      return read;
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  @Override
  public void close() {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        rollback();
      }
      connection.close();
    } catch (SQLException e) {
      throw failure("close the connection", e);
    }
  }

  private void rollback() {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      // The server takes an unfinished transaction back by itself when its connection is gone.
    }
  }

  private Failure failure(String doing, SQLException error) {
    if (cancellation.isCancelled()) {
      return new InterruptedFailure("Interrupted while trying to " + doing + ".", "");
    }
    return SqlErrors.executing(settings, doing, error);
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The statement had ended, or the connection is gone and the statement with it.
    }
  }
}
