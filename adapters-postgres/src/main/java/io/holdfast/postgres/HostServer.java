package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server of this host's programs with its data and its socket in one folder. */
final class HostServer implements ScratchServer {

  private static final int PORT = 5432;
  private static final int LONGEST_SOCKET = 107;
  private static final int LAST_WORDS = 1_000;

  private final CommandRunner runner;
  private final RecoveryJournal.Entry entry;
  private final Path folder;
  private final String superuser;

  HostServer(CommandRunner runner, RecoveryJournal.Entry entry, Path folder, String superuser) {
    this.runner = runner;
    this.entry = entry;
    this.folder = folder;
    this.superuser = superuser;
  }

  /**
   * @param as what goes before a program so that it runs as one who may be a server
   */
  void start(Path programs, List<String> as, Cancellation cancellation) {
    try {
      demandShortSocket();
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (!as.isEmpty()) {
        must(List.of("chown", "postgres:", folder.toString()), cancellation);
      }
      String data = ScratchProcesses.dataOf(folder).toString();
      must(
          with(
              as,
              programs.resolve("initdb").toString(),
              "--no-sync",
              "--auth=trust",
              "--encoding=UTF8",
              "--locale=C",
              "--username=" + superuser,
              "-D",
              data),
          cancellation);
      configure();
      must(
          with(
              as,
              programs.resolve("pg_ctl").toString(),
              "-D",
              data,
              "-l",
              folder.resolve("log").toString(),
              "-w",
              "-t",
              "90",
              "start"),
          cancellation);
    } catch (IOException e) {
      SourceFailure failure =
          new SourceFailure(
              FailureKind.SOURCE,
              "A private server cannot be made in " + folder + ": " + e.getMessage(),
              "Name another folder with drill: folder:.",
              e);
      closeAfter(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  private void demandShortSocket() {
    String socket = folder + "/.s.PGSQL." + PORT;
    if (socket.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The path of a socket can have "
              + LONGEST_SOCKET
              + " bytes, and "
              + socket
              + " has more.",
          "Name a folder with a shorter path with drill: folder:.");
    }
  }

  /** Nobody will miss its data after a crash. */
  private void configure() throws IOException {
    String settings =
        String.join(
            "\n",
            "",
            "listen_addresses = ''",
            "port = " + PORT,
            "unix_socket_directories = '" + folder.toString().replace("'", "''") + "'",
            "unix_socket_permissions = 0700",
            "fsync = off",
            "full_page_writes = off",
            "max_wal_size = 256MB",
            "");
    Files.writeString(
        ScratchProcesses.dataOf(folder).resolve("postgresql.conf"),
        settings,
        StandardOpenOption.APPEND);
  }

  private static List<String> with(List<String> as, String... program) {
    List<String> argv = new ArrayList<>(as);
    argv.addAll(List.of(program));
    return argv;
  }

  private void must(List<String> argv, Cancellation cancellation) throws IOException {
    CommandResult result = runner.run(Command.of(argv), CommandIo.reading(out -> {}), cancellation);
    if (!result.succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The private server of the drill does not start: "
              + String.join(" ", argv)
              + " failed with exit code "
              + result.exitCode()
              + ": "
              + result.stderrTail().strip()
              + lastWords(),
          "Try it by hand, or name an image with drill: image:.");
    }
  }

  private String lastWords() {
    Path log = folder.resolve("log");
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(Math.max(0, Files.size(log) - LAST_WORDS));
      return "\n" + new String(in.readNBytes(LAST_WORDS), StandardCharsets.UTF_8).strip();
    } catch (IOException noLog) {
      return "";
    }
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(folder.toString(), PORT);
  }

  @Override
  public String superuser() {
    return superuser;
  }

  @Override
  public CommandRunner tools() {
    return runner;
  }

  @Override
  public boolean toolsInContainer() {
    return false;
  }

  @Override
  public void close() {
    new ScratchProcesses(runner, folder).remove(new Cancellation());
    entry.strike();
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (Failure alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
