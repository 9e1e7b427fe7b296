package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server of a test's own: in a temporary folder, on a free port of the loopback. */
final class PrivateCluster implements AutoCloseable {

  static final String SUPERUSER = "holdfast_admin";
  static final String PASSWORD = "only-for-tests";

  private static final List<String> BIN_FOLDERS =
      List.of("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin");

  private final Path bin;
  private final Path folder;
  final int port;

  private PrivateCluster(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** A server of the host's own version. */
  static PrivateCluster start() {
    Optional<Path> bin =
        BIN_FOLDERS.stream()
            .map(Path::of)
            .filter(path -> Files.exists(path.resolve("initdb")))
            .findFirst();
    // For hosts without it; .ci/run counts skipped integration tests and fails on any.
    Assumptions.assumeTrue(
        bin.isPresent(), "SKIPPED: no PostgreSQL server is installed in " + BIN_FOLDERS);
    return start(bin.orElseThrow());
  }

  /** A server whose programs are in a folder. */
  static PrivateCluster start(Path bin) {
    try {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "holdfast-pg");
      run(List.of("chmod", "755", folder.toString()));
      Path data = folder.resolve("data");
      Path password = folder.resolve("password");
      Files.writeString(password, PASSWORD);
      run(List.of("chown", "-R", user(), folder.toString()));
      PrivateCluster cluster = new PrivateCluster(bin, folder, freePort());
      cluster.asServer(
          "initdb",
          "-D",
          data.toString(),
          "-U",
          SUPERUSER,
          "--pwfile=" + password,
          "--auth-host=scram-sha-256",
          "--auth-local=peer",
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync");
      Files.writeString(
          data.resolve("postgresql.conf"),
          """

          listen_addresses = '127.0.0.1'
          port = %d
          unix_socket_directories = '%s'
          fsync = off
          wal_level = logical
          max_prepared_transactions = 5
          max_connections = 60
          """
              .formatted(cluster.port, folder),
          StandardOpenOption.APPEND);
      Files.writeString(
          data.resolve("pg_ident.conf"),
          "here root " + SUPERUSER + "\nhere " + user() + " " + SUPERUSER + "\n",
          StandardOpenOption.APPEND);
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "local all all peer map=here\nhost all all 127.0.0.1/32 scram-sha-256\n");
      cluster.asServer("pg_ctl", "-D", data.toString(), "-l", folder + "/log", "-w", "start");
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of its unix socket. */
  Path socketFolder() {
    return folder;
  }

  /** A new folder that belongs to the server. */
  String folderOfTheServer(String name) {
    Path made = folder.resolve(name);
    run(List.of("install", "-d", "-o", user(), made.toString()));
    return made.toString();
  }

  /** Settings that lead to it. */
  ClusterSettings settings() {
    return settings(1);
  }

  ClusterSettings settings(int restoreJobs) {
    return new ClusterSettings(
        "main",
        "127.0.0.1",
        port,
        Optional.of(SUPERUSER),
        Optional.of(Secret.of(PASSWORD.toCharArray())),
        "postgres",
        List.of("*"),
        List.of(),
        true,
        new Compression.Auto(),
        restoreJobs);
  }

  /** A session in a database. */
  Session open(String database) {
    return new Connections(settings()).open(database, new Cancellation());
  }

  /** Runs statements in a database, each on its own. */
  void sql(String database, String... statements) {
    try (Session session = open(database)) {
      for (String statement : statements) {
        session.execute("run " + statement, statement);
      }
    }
  }

  /** The first column of a query. */
  List<String> names(String database, String query) {
    try (Session session = open(database)) {
      return session.names("run " + query, query);
    }
  }

  List<String> databases() {
    return names(
        "postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname");
  }

  /** Runs a script of psql in a database. */
  void script(String database, Path file) {
    client(
        "psql", database, "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-f", file.toString());
  }

  /** The database as pg_dump writes it in plain text, with its creation where it can say so. */
  List<String> plainDump(String database) {
    List<String> options = new ArrayList<>(List.of("--no-password"));
    if (database.indexOf('\n') < 0) {
      options.add("--create");
    }
    return client("pg_dump", database, options.toArray(String[]::new))
        .lines()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .toList();
  }

  /** Runs a client program; its output is read as LATIN1, so that every byte counts. */
  String client(String program, String database, String... options) {
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(List.of(options));
    argv.add("--dbname=" + Quoting.connectionString("127.0.0.1", port, SUPERUSER, database));
    return run(argv);
  }

  private void asServer(String program, String... arguments) {
    List<String> argv = new ArrayList<>();
    if (user().equals("postgres") && !System.getProperty("user.name", "").equals("postgres")) {
      argv.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    argv.add(bin.resolve(program).toString());
    argv.addAll(List.of(arguments));
    run(argv);
  }

  /** A server refuses to run as root. */
  private static String user() {
    String name = System.getProperty("user.name", "");
    return name.equals("root") ? "postgres" : name;
  }

  static String run(List<String> argv) {
    try {
      Path out = Files.createTempFile("holdfast-pg", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.directory(Path.of("/tmp").toFile());
        builder.environment().put("PGPASSWORD", PASSWORD);
        int exit = builder.start().waitFor();
        String said = Files.readString(out, StandardCharsets.ISO_8859_1);
        if (exit != 0) {
          throw new IllegalStateException(argv + " ended with " + exit + ": " + said);
        }
        return said;
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    asServer("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
