package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill whose whole process group is killed leaves nothing after the next {@code check}. */
class KilledDrillIT {

  private static final int ROUNDS = Integer.getInteger("holdfast.e2e.rounds", 2);

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private String volume;
  private String drills;

  @BeforeEach
  void begin() {
    podman = new Podman();
    volume = podman.volume("killed");
    drills = DrillIT.drillFolder();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void with_a_server_of_the_hosts_programs() {
    try (Cluster cluster = HostServer.start()) {
      killed(operator(cluster));
    }
  }

  @Test
  void with_a_server_in_a_container() {
    try (Cluster cluster = HostServer.start()) {
      Needs.postgresImage();
      killed(operator(cluster).setting("  image: {main: " + Needs.POSTGRES_IMAGE + "}"));
    }
  }

  private Operator operator(Cluster cluster) {
    DrillIT.fill(cluster, volume);
    return new Operator(folder)
        .cluster("main", cluster, "databases: {include: [\"hf-drill-*\"]}")
        .volumes(volume)
        .setting("drill:")
        .setting("  folder: " + drills);
  }

  private void killed(Operator operator) {
    operator.holdfast("backup").ok();
    long begun = System.nanoTime();
    operator.holdfast("drill").ok();
    Moments moments = new Moments("killed drill", System.nanoTime() - begun);

    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (Running run = operator.start("drill")) {
        killed += moments.killWithin(run) ? 1 : 0;
      }
      operator.holdfast("check").ok();

      assertThat(Path.of(drills)).isEmptyDirectory();
      assertThat(Shell.call("podman", "ps", "--all", "--format={{.Names}} {{.Mounts}}"))
          .doesNotContain(drills)
          .doesNotContain("holdfast-first-mount-of-holdfast-drill");
      assertThat(Shell.call("podman", "volume", "ls", "--quiet"))
          .doesNotContainPattern("holdfast-drill-\\w+-\\d+-" + volume);
      assertThat(Shell.bash("pgrep --full '[/]%s' || true".formatted(drills.substring(1))))
          .isEmpty();
      assertThat(operator.state().resolve("intents")).isEmptyDirectory();
    }
    assertThat(killed).as("drills that were killed before their end").isPositive();
  }
}
