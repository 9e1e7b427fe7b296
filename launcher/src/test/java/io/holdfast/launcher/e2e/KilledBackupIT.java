package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup whose whole process group is killed: no broken set is visible, {@code holdfast check}
 * releases what was held, and the next backup clears what was half written.
 */
class KilledBackupIT {

  private static final int ROUNDS = Integer.getInteger("holdfast.e2e.rounds", 3);
  private static final String WHOLE_FILES =
      "\\d{8}_\\d{6}/((databases/(hf-e2e-db\\.dump|globals\\.sql))|volumes/.*\\.tar\\.gz|containers/.*\\.json|manifest\\.json|RESTORE\\.md)";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private Operator operator;
  private String container;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    String volume = podman.volume("app");
    container = podman.app("app", volume);
    Shell.bash("head -c 30000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    cluster.createDatabase(
        "hf-e2e-db",
        "CREATE TABLE t AS SELECT i, md5(i::text) FROM generate_series(1, 300000) AS i");
    operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}")
            .volumes(volume)
            .volumeSetting("pause: [" + container + "]");
  }

  @AfterEach
  void end() {
    cluster.close();
    podman.close();
  }

  @Test
  void at_any_moment_leaves_no_visible_broken_set_and_nothing_held() {
    operator.holdfast("backup").ok();
    long begun = System.nanoTime();
    operator.holdfast("backup").ok();
    Moments moments = new Moments("killed backup", System.nanoTime() - begun);
    Repository repository = operator.repository();
    List<String> control = repository.strays();

    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (Running run = operator.start("backup")) {
        killed += moments.killWithin(run) ? 1 : 0;
      }
      repository.published().forEach(repository::assertWhole);
      operator.holdfast("list").ok();
      operator.holdfast("check").ok();
      assertThat(Podman.state(container)).isEqualTo("running");
    }

    assertThat(killed).as("runs that were killed before their end").isPositive();
    operator.holdfast("backup").ok();
    operator.holdfast("verify", "all", "--deep").ok();
    assertThat(Podman.state(container)).isEqualTo("running");
    assertThat(repository.strays().stream().filter(path -> !path.matches(WHOLE_FILES)))
        .containsExactlyElementsOf(control);
    Shell.bash(
        "cd %s; for f in */volumes/*.tar.gz; do gzip -t \"$f\"; done; for f in */databases/*.dump; do %s/pg_restore -f /dev/null \"$f\"; done"
            .formatted(repository.root(), Needs.PROGRAMS));
  }

  @Test
  void while_a_container_is_paused_is_undone_by_check_and_by_the_next_backup() {
    for (String next : List.of("check", "backup")) {
      try (Running run = operator.start("backup")) {
        while (!Podman.state(container).equals("paused")) {
          assertThat(run.isAlive()).isTrue();
        }
        run.signalGroup("KILL");
      }
      assertThat(Podman.state(container)).isEqualTo("paused");

      operator.holdfast(next).ok().tells(container);

      assertThat(Podman.state(container)).isEqualTo("running");
    }
  }
}
