package io.holdfast.launcher.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Volumes and containers of one test, taken away at its end. */
final class Podman implements AutoCloseable {

  private final String prefix = "hf-e2e-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  private final Set<String> volumes = new LinkedHashSet<>();
  private final Set<String> containers = new LinkedHashSet<>();

  Podman() {
    Needs.podman();
  }

  /** What every name of this test begins with. */
  String prefix() {
    return prefix;
  }

  /** Names a volume that may come to be, so that it is taken away. */
  String reserve(String name) {
    volumes.add(prefix + name);
    return prefix + name;
  }

  String volume(String name, String... options) {
    List<String> argv = new ArrayList<>(List.of("podman", "volume", "create"));
    argv.addAll(List.of(options));
    argv.add(reserve(name));
    new Shell().run(argv).ok();
    return prefix + name;
  }

  static Path folder(String volume) {
    return Path.of(inspectVolume(volume, "{{.Mountpoint}}"));
  }

  static String inspectVolume(String volume, String format) {
    return Shell.call("podman", "volume", "inspect", "--format", format, volume).trim();
  }

  static boolean exists(String volume) {
    return new Shell().run(List.of("podman", "volume", "exists", volume)).exit() == 0;
  }

  /** The folders beside a volume's data. */
  static String siblings(String volume) {
    return Shell.call("ls", "-A", folder(volume).resolveSibling("").toString()).trim();
  }

  static void removeVolume(String volume) {
    Shell.call("podman", "volume", "rm", volume);
  }

  /**
   * An application that waits, with a volume at /data; without a network, which is half its cost.
   */
  String app(String name, String volume, String... options) {
    List<String> argv = new ArrayList<>(List.of("--network=none", "--volume", volume + ":/data"));
    argv.addAll(List.of(options));
    argv.add(Needs.APP_IMAGE);
    return run(name, argv);
  }

  /**
   * Runs a container in the background; the image and its command are the last of the arguments.
   */
  String run(String name, List<String> arguments) {
    containers.add(prefix + name);
    List<String> argv =
        new ArrayList<>(
            List.of("podman", "run", "--detach", "--pull=never", "--name", prefix + name));
    argv.addAll(arguments);
    new Shell().run(argv).ok();
    return prefix + name;
  }

  /** A PostgreSQL server in a container, its data in a volume. */
  Cluster postgres(String name, String volume) {
    return postgres(
        name, Cluster.newPassword(), List.of("--volume", volume + ":/var/lib/postgresql/data"));
  }

  /** A PostgreSQL server in a container that gets further options. */
  Cluster postgres(String name, String password, List<String> options) {
    Needs.postgresImage();
    int port = Cluster.freePort();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--env",
                "POSTGRES_USER=" + Cluster.ADMIN,
                "--env",
                "POSTGRES_PASSWORD=" + password,
                "--env",
                "POSTGRES_DB=postgres",
                "--publish",
                "127.0.0.1:" + port + ":5432"));
    arguments.addAll(options);
    arguments.add(Needs.POSTGRES_IMAGE);
    run(name, arguments);
    awaitServer(prefix + name);
    return new Cluster(port, password, () -> {});
  }

  /** Over TCP: the server that prepares the data folder listens on its socket alone. */
  static void awaitServer(String container) {
    Shell.bash(
        """
        for _ in $(seq 300); do
          ! podman exec %1$s pg_isready -q -h 127.0.0.1 || exit 0
          sleep 0.1
        done
        podman logs --tail 20 %1$s >&2
        exit 1
        """
            .formatted(container));
  }

  static String state(String container) {
    return inspect(container, "{{.State.Status}}");
  }

  static String inspect(String container, String format) {
    return Shell.call("podman", "inspect", "--format", format, container).trim();
  }

  /** The names of what happened to a container since it was made: start, pause, unpause, died. */
  static List<String> events(String container) {
    return Shell.call(
            "podman",
            "events",
            "--stream=false",
            "--since=1h",
            "--filter=container=" + container,
            "--format={{.Status}}")
        .lines()
        .toList();
  }

  @Override
  public void close() {
    StringBuilder script = new StringBuilder("exec 2>&1 >/dev/null\n");
    containers.forEach(
        name ->
            script.append(
                "podman unpause %1$s 2>/dev/null; podman rm --force --volumes --time 0 --ignore %1$s\n"
                    .formatted(name)));
    volumes.forEach(
        name ->
            script.append(
                "! podman volume exists %1$s || podman volume rm --force %1$s\n".formatted(name)));
    new Shell().script(script.toString()).ok();
  }
}
