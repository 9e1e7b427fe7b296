package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL in a Podman container, with pg_dump and pg_restore run inside it: everything survives;
 * a container that does not run, and tools older than the server, are refused with the remedy.
 */
class ContainerToolsIT {

  private static Podman podman;
  private static Cluster cluster;
  private static String tools;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @BeforeAll
  static void startServer() {
    podman = new Podman();
    try {
      cluster = podman.postgres("pg", podman.volume("pgdata"));
      tools = "tools: container:" + podman.prefix() + "pg";
    } catch (RuntimeException | AssertionError e) {
      podman.close();
      throw e;
    }
  }

  @AfterAll
  static void stopServer() {
    podman.close();
  }

  @Test
  void a_database_with_everything_comes_back_identical_by_the_containers_tools() {
    String name = "hf-e2e we \"quote\" it's/é";
    Everything.createRoles(cluster);
    Everything.create(cluster, name, "ENCODING 'UTF8'");
    String before = cluster.dump(name);
    String roles = cluster.dumpOfGlobals();
    Operator operator = new Operator(folder).cluster("main", cluster, tools);
    operator.holdfast("check").ok();
    operator.holdfast("backup", "databases", "--only", name).ok();
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);

    cluster.dropDatabase(name);
    Everything.dropRoles(cluster);
    operator.holdfast("restore", "databases", set).ok();

    assertThat(cluster.dump(name)).isEqualTo(before);
    assertThat(cluster.dumpOfGlobals()).isEqualTo(roles);
    operator.holdfast("restore", "databases", set, "--force").ok();
    assertThat(cluster.dump(name)).isEqualTo(before);
    assertThat(leftInContainer()).isEmpty();
    cluster.dropDatabase(name);
    Everything.dropRoles(cluster);
  }

  /** What a run left in the container: password files, dumps, programs. */
  private static String leftInContainer() {
    return Shell.bash(
        """
        podman exec %1$s find /tmp /root /var/tmp -type f -newer /var/lib/postgresql/data/PG_VERSION
        podman exec %1$s sh -c 'ps -eo args | grep -E "^(pg_dump|pg_restore|psql)" || true'
        """
            .formatted(podman.prefix() + "pg"));
  }

  @Test
  void a_container_that_does_not_run_is_named_and_no_set_is_made() {
    Operator operator =
        new Operator(folder).cluster("main", cluster, "tools: container:hf-e2e-nowhere");

    operator.holdfast("backup", "databases").exits(11).tells("hf-e2e-nowhere");
    operator.holdfast("check").exits(11).tells("hf-e2e-nowhere");

    assertThat(operator.repository().folders()).isEmpty();
  }

  @Test
  void a_dump_program_older_than_the_server_is_refused_with_the_remedy() {
    String container = podman.run("old", List.of("--network=host", Needs.APP_IMAGE));
    Path fake = folder.resolve("pg_dump");
    Operator.write(fake, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9'\n");
    Shell.bash(
        "chmod 755 %1$s; for p in pg_dump pg_dumpall pg_restore; do podman cp %1$s %2$s:/usr/local/bin/$p; done"
            .formatted(fake, container));
    Operator operator =
        new Operator(folder).cluster("main", cluster, "tools: container:" + container);

    operator.holdfast("backup", "databases").exits(11).tells("14.9", "15");
    operator.holdfast("check").exits(11).tells("14.9", "15");

    assertThat(operator.repository().folders()).isEmpty();
  }
}
