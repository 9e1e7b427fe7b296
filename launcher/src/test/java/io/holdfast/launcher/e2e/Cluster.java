package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

  /** Starts a server of the host's own programs in a folder of its own. */
  static Cluster start() {
    Needs.postgresServer();
    int port = freePort();
    String password = newPassword();
    String folder = temporaryFolder().toString();
    Runnable end =
        () ->
            Shell.bash(
                "runuser -u postgres -- $BIN/pg_ctl -D $F/data -m immediate -w stop >/dev/null || true; rm -rf $F"
                    .replace("$BIN", Needs.PROGRAMS.toString())
                    .replace("$F", folder));
    Cluster cluster = new Cluster(port, password, end);
    try {
      Shell.bash(
          """
          cd /
          umask 077
          printf '%s\\n' "$PASSWORD" > $F/password
          chown -R postgres: $F
          runuser -u postgres -- $BIN/initdb --no-sync --auth=scram-sha-256 --username=$ADMIN \
            --pwfile=$F/password --encoding=UTF8 --locale=C.UTF-8 -D $F/data >/dev/null
          cat >>$F/data/postgresql.conf <<END
          listen_addresses = '127.0.0.1'
          port = $PORT
          unix_socket_directories = '$F'
          fsync = off
          wal_level = logical
          max_connections = 40
          END
          runuser -u postgres -- $BIN/pg_ctl -D $F/data -w -l $F/server.log start >/dev/null || { cat $F/server.log >&2; exit 1; }
          """
              .replace("$PASSWORD", password)
              .replace("$PORT", Integer.toString(port))
              .replace("$ADMIN", ADMIN)
              .replace("$BIN", Needs.PROGRAMS.toString())
              .replace("$F", folder));
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("hf-e2e-pg-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** A database as text, with everything that creates it; without what differs from run to run. */
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
        .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
        .reduce(new StringBuilder(), (all, line) -> all.append(line).append('\n'), (a, b) -> a)
        .toString();
  }

  /** Returns once a query has a row. */
  void await(String query) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (query("postgres", query).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + query);
      }
      Thread.onSpinWait();
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
