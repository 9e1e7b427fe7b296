package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code restore --force} whose whole process group is killed: the old database and volume are
 * whole or the new ones are, and after {@code holdfast check} no container is left stopped and
 * nothing half restored is left.
 */
class KilledRestoreIT {

  private static final int ROUNDS = Integer.getInteger("holdfast.e2e.rounds", 4);
  private static final int ROWS = 20_000;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private Operator operator;
  private String volume;
  private String container;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    volume = podman.volume("app");
    container = podman.app("app", volume);
    operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}")
            .volumes(volume);
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t (i integer PRIMARY KEY, v text)");
    fill("new");
    operator.holdfast("backup").ok();
  }

  @AfterEach
  void end() {
    cluster.close();
    podman.close();
  }

  /** The state of database and volume that goes by one word, which is in every row and file. */
  private void fill(String word) {
    cluster.sql(
        "hf-e2e-db",
        "TRUNCATE t",
        "INSERT INTO t SELECT i, '%s' FROM generate_series(1, %d) AS i".formatted(word, ROWS));
    Shell.bash(
        """
        cd %s
        find . -mindepth 1 -delete
        head -c 20000000 /dev/zero > zeros
        for i in $(seq 300); do echo %s > file-$i; done
        chmod 2771 .; chown 77:77 .
        """
            .formatted(Podman.folder(volume), word));
  }

  @Test
  void at_any_moment_leaves_the_old_or_the_new_whole_and_nothing_beside_it() {
    fill("old");
    long begun = System.nanoTime();
    operator.holdfast("restore", "all", "latest", "--force").ok();
    Moments moments = new Moments("killed restore", System.nanoTime() - begun);
    assertThat(databaseHolds()).isEqualTo("new " + ROWS);
    assertThat(volumeHolds()).isEqualTo("new");

    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      fill("old");
      try (Running run = operator.start("restore", "all", "latest", "--force")) {
        killed += moments.killWithin(run) ? 1 : 0;
      }
      operator.holdfast("check").ok();

      assertThat(databaseHolds()).isIn("old " + ROWS, "new " + ROWS);
      assertThat(volumeHolds()).isIn("old", "new");
      assertThat(cluster.databases())
          .containsExactly("hf-e2e-db", "postgres", "template0", "template1");
      assertThat(Podman.siblings(volume)).isEqualTo("_data");
      assertThat(Podman.state(container)).isEqualTo("running");
      assertThat(Shell.call("podman", "exec", container, "cat", "/data/file-1").trim())
          .isEqualTo(volumeHolds());
    }
    assertThat(killed).as("runs that were killed before their end").isPositive();

    fill("old");
    operator.holdfast("restore", "all", "latest", "--force").ok();
    assertThat(databaseHolds()).isEqualTo("new " + ROWS);
    assertThat(volumeHolds()).isEqualTo("new");
  }

  /** The word of all rows and their number; several words when rows are mixed. */
  private String databaseHolds() {
    return String.join(
        ", ",
        cluster.query("hf-e2e-db", "SELECT v || ' ' || count(*) FROM t GROUP BY v ORDER BY v"));
  }

  /** The word of all files, or what is wrong. */
  private String volumeHolds() {
    return Shell.bash(
            """
            cd %s
            [ "$(ls | wc -l)" -eq 301 ] || echo "$(ls | wc -l) files"
            [ "$(stat -c '%%a %%u' .) $(stat -c %%s zeros)" = '2771 77 20000000' ] || stat . zeros
            cat file-* | sort -u
            """
                .formatted(Podman.folder(volume)))
        .trim();
  }
}
