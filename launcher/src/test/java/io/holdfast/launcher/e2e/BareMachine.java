package io.holdfast.launcher.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine without Holdfast and without Java, as far as a container can be one: Debian with a
 * PostgreSQL server of its own and a Podman of its own that knows no volume yet. A set lies in
 * {@code /set}.
 */
final class BareMachine {

  private static final String STORE = "/var/lib/containers";

  private final String container;
  private final Cluster cluster;

  private BareMachine(String container, Cluster cluster) {
    this.container = container;
    this.cluster = cluster;
  }

  /** Starts one. Its administrator has the given password. */
  static BareMachine start(Podman podman, Path set, String password) {
    Needs.postgresImage();
    List<String> options =
        new ArrayList<>(List.of("--privileged", "--volume", STORE, "--volume", set + ":/set:ro"));
    for (String file : filesOfPodman()) {
      options.addAll(List.of("--volume", file + ":" + file + ":ro"));
    }
    Cluster cluster = podman.postgres("bare", password, options);
    BareMachine machine = new BareMachine(podman.prefix() + "bare", cluster);
    assumeTrue(
        machine.script("podman volume ls && tar --version").exit() == 0,
        "MISSING: a Podman that runs in " + Needs.POSTGRES_IMAGE + " too (a host with Debian 12)");
    return machine;
  }

  /** The host's Podman, and the libraries that it has beyond those of the image. */
  private static List<String> filesOfPodman() {
    return Shell.bash(
            """
            programs=$(command -v podman conmon runc crun || true)
            echo "$programs"
            ldd $programs | awk '$2 == "=>" && $3 ~ /^[/]/ && $1 !~ /^(libc|libm|libpthread|libdl)[.]so/ { print $3 }' | sort -u
            """)
        .lines()
        .toList();
  }

  Cluster cluster() {
    return cluster;
  }

  /** Runs a script in the set's folder, as its root, in the plainest shell. */
  Outcome script(String script) {
    List<String> argv = new ArrayList<>(List.of("podman", "exec", "--workdir", "/set"));
    for (String variable :
        List.of(
            "PGHOST=127.0.0.1",
            "PGPORT=5432",
            "PGPASSWORD=" + cluster.password(),
            "STORAGE_DRIVER=vfs")) {
      argv.addAll(List.of("--env", variable));
    }
    argv.addAll(List.of(container, "sh", "-eu", "-c", script));
    return new Shell().run(argv);
  }

  /** Where a volume of its Podman lies on this host. */
  Path folder(String volume) {
    String store =
        Podman.inspect(
            container,
            "{{range .Mounts}}{{if eq .Destination \"" + STORE + "\"}}{{.Source}}{{end}}{{end}}");
    return Path.of(store, "storage", "volumes", volume, "_data");
  }
}
