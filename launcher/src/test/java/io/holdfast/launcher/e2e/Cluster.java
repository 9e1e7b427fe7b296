package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A PostgreSQL server to be backed up, reached on a port of the loopback with a password. */
final class Cluster implements AutoCloseable {

  static final String ADMIN = "hf_admin";

  private final int port;
  private final String password;
  private final Runnable end;

  Cluster(int port, String password, Runnable end) {
    this.port = port;
    this.password = password;
    this.end = end;
  }

  static String newPassword() {
    return "hf-e2e-" + UUID.randomUUID();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  Connection connect(String database) throws SQLException {
    String name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?preferQueryMode=simple",
        ADMIN,
        password);
  }

  /** Runs statements in a database, each by itself. */
  Cluster sql(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + e.getMessage(), e);
    }
  }

  /** The first column of a query's rows, as text. */
  List<String> query(String database, String query) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + e.getMessage(), e);
    }
  }

  /** The names of all databases, sorted. */
  List<String> databases() {
    return query("postgres", "SELECT datname FROM pg_database ORDER BY datname COLLATE \"C\"");
  }

  Cluster createDatabase(String name, String... statements) {
    sql("postgres", "CREATE DATABASE " + identifier(name));
    return sql(name, statements);
  }

  Cluster dropDatabase(String name) {
    return sql("postgres", "DROP DATABASE " + identifier(name) + " WITH (FORCE)");
  }

  /** All databases but the one that everybody connects to first. */
  Cluster dropAllDatabases() {
    databases().stream()
        .filter(name -> !name.equals("postgres") && !name.startsWith("template"))
        .forEach(this::dropDatabase);
    return this;
  }

  /**
   * A database as text, with everything that creates it; without what differs from run to run or
   * tells the server's minor version.
   */
  String dump(String database) {
    return asText(
        "pg_dump --create --format=plain --dbname=" + Shell.quote(connectionOf(database)));
  }

  /** As {@link #dump}, for a name that pg_dump cannot write a CREATE DATABASE for. */
  String dumpOfContent(String database) {
    return asText("pg_dump --format=plain --dbname=" + Shell.quote(connectionOf(database)));
  }

  /** The roles with their passwords, and the tablespaces, as text. */
  String dumpOfGlobals() {
    return asText("pg_dumpall --globals-only --dbname=" + Shell.quote(connectionOf("postgres")));
  }

  private String connectionOf(String database) {
    String escaped = database.replace("\\", "\\\\").replace("'", "\\'");
    return "host=127.0.0.1 port=" + port + " user=" + ADMIN + " dbname='" + escaped + "'";
  }

  private String asText(String command) {
    String text =
        new Shell()
            .with("PGPASSWORD", password)
            .script("set -e; cd " + Needs.PROGRAMS + "; ./" + command)
            .ok()
            .stdout();
    return text.lines()
        .filter(
            line ->
                !line.startsWith("\\restrict ")
                    && !line.startsWith("\\unrestrict ")
                    && !line.startsWith("-- Dumped from database version "))
        .reduce(new StringBuilder(), (all, line) -> all.append(line).append('\n'), (a, b) -> a)
        .toString();
  }

  /** Returns once a query has a row, and fails if the run that is to bring it about has ended. */
  void await(String query, Running run) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (query("postgres", query).isEmpty()) {
      if (!run.isAlive()) {
        throw new AssertionError("ended too early: " + run.await().told());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + query);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /**
   * The definition of a function {@code elsewhere} for an index, which does something in any other
   * database than this one, as in one that is being restored.
   */
  static String functionThatElsewhere(String database, String does) {
    return "CREATE FUNCTION elsewhere(a text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN IF current_database() <> '%s' THEN %s; END IF; RETURN a; END $$"
        .formatted(database, does);
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    end.run();
  }
}
