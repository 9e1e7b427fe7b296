package io.holdfast.podman;

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
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.podman.command.ContainerCommandRunner;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.command.Podman;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A PostgreSQL server in a container without a network. Its data is in the container's own layer
 * rather than in an anonymous volume, which a backup of all volumes would come across.
 */
final class ImageServer implements ScratchServer {

  private static final String SOCKETS = "/var/run/postgresql";
  private static final int PORT = 5432;
  private static final int LONGEST_SOCKET = 107;
  private static final int PAUSE_MILLIS = 100;
  private static final int LOOKS = 900;
  private static final String LOG_LINES = "15";

  private final PodmanHost host;
  private final ContainerCommandRunner inside;
  private final String name;
  private final Path folder;
  private final String superuser;
  private final Intent.Scratch intent;
  private final RecoveryJournal.Entry entry;

  ImageServer(
      PodmanHost host,
      HostCommandRunner runner,
      String drill,
      String name,
      Path folder,
      String superuser,
      RecoveryJournal journal) {
    this.host = host;
    this.inside = new ContainerCommandRunner(runner, name);
    this.name = name;
    this.folder = folder;
    this.superuser = superuser;
    this.intent = new Intent.Scratch(drill, List.of(name), List.of(), List.of(folder.toString()));
    demandShort(sockets().resolve(".s.PGSQL." + PORT));
    demandAbsent(folder);
    this.entry = journal.record(intent);
  }

  private static void demandShort(Path socket) {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
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

  /** Whatever the journal names is removed in the end. */
  private static void demandAbsent(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The folder " + folder + " of a drill is there already, and it is not this drill's.",
          "Remove it, or name another folder with drill: folder:.");
    }
  }

  void start(String image, Cancellation cancellation) {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createDirectory(sockets());
      run(image, cancellation);
      await(cancellation);
    } catch (IOException e) {
      SourceFailure failure =
          new SourceFailure(
              FailureKind.SOURCE,
              "The folder " + folder + " cannot be made: " + e.getMessage(),
              "Name another with drill: folder:.",
              e);
      closeAfter(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  private void run(String image, Cancellation cancellation) throws IOException {
    List<String> argv =
        List.of(
            Podman.PROGRAM,
            "run",
            "--detach",
            "--pull=never",
            "--name=" + name,
            "--label=" + Scratch.LABEL + "=" + intent.drill(),
            "--network=none",
            "--image-volume=ignore",
            "--shm-size=256m",
            "--volume=" + sockets() + ":" + SOCKETS + ":Z",
            "--env=POSTGRES_USER=" + superuser,
            "--env=POSTGRES_DB=postgres",
            "--env=POSTGRES_INITDB_ARGS=--no-sync",
            "--env=POSTGRES_PASSWORD",
            image,
            "postgres",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "port=" + PORT,
            "-c",
            "unix_socket_directories=" + SOCKETS,
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
            "-c",
            "max_wal_size=256MB");
    // The socket lets everybody in who reaches it; nobody is to know what TCP inside would ask for.
    Secret password = Secret.of(UUID.randomUUID().toString().toCharArray());
    CommandResult result =
        host.run(
            new Command(argv, Map.of(), Map.of("POSTGRES_PASSWORD", password)),
            CommandIo.reading(out -> {}),
            cancellation);
    if (!result.succeeded()) {
      throw Podman.failure(argv.subList(1, argv.size()), result);
    }
  }

  /** Over TCP: the server that prepares the data folder listens on its socket alone. */
  private void await(Cancellation cancellation) {
    List<String> question = List.of("exec", name, "pg_isready", "-q", "-h", "127.0.0.1");
    for (int look = 0; look < LOOKS; look++) {
      cancellation.throwIfCancelled();
      if (host.podman().attempt(cancellation, question).result().succeeded()) {
        return;
      }
      if (!host.container(name, cancellation).filter(Container::runs).isPresent()) {
        break;
      }
      cancellation.awaitCancelled(PAUSE_MILLIS);
    }
    Podman.Answer log =
        host.podman().attempt(cancellation, List.of("logs", "--tail", LOG_LINES, name));
    throw new SourceFailure(
        FailureKind.SOURCE,
        "The server of the drill does not start in its container: "
            + (log.text() + "\n" + log.result().stderrTail()).strip(),
        "See whether the image follows the official one's environment (POSTGRES_USER), or name"
            + " another with drill: image:.");
  }

  private Path sockets() {
    return folder.resolve("s");
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(sockets().toString(), PORT);
  }

  @Override
  public String superuser() {
    return superuser;
  }

  @Override
  public CommandRunner tools() {
    return new Tools(inside);
  }

  @Override
  public boolean toolsInContainer() {
    return true;
  }

  @Override
  public void close() {
    new Scratch(host).remove(intent, new Cancellation());
    entry.strike();
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (Failure alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /** Programs in the container, where the socket lies elsewhere. */
  private record Tools(ContainerCommandRunner inside) implements CommandRunner {

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
        throws IOException {
      return inside.run(command, io, cancellation);
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
      return new Endpoint(SOCKETS, PORT);
    }

    @Override
    public String place() {
      return inside.place();
    }
  }
}
