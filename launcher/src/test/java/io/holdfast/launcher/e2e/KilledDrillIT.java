package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill whose whole process group is killed, in each of its phases, leaves nothing after the next
 * {@code check}.
 */
class KilledDrillIT {

  private static final String PATIENCE = "sleep 77";

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
      Operator operator = operator(cluster);
      operator.holdfast("backup").ok();

      killOnce(operator, "starting a server", run -> !isEmpty(Path.of(drills)));
      killOnce(operator, "restoring a database", run -> runs(run, "pg_restore "));
      killOnce(operator, "restoring a volume", run -> runs(run, "tar --extract"));
      killOnce(operator, "comparing a volume", run -> runs(run, "tar --create"));
      killOnce(operator, "asserting", run -> runs(run, PATIENCE));
      killWhileItCleansUp(operator);
      operator.holdfast("drill").ok().tells("PROVEN");
    }
  }

  @Test
  void with_a_server_in_a_container() {
    try (Cluster cluster = HostServer.start()) {
      Needs.postgresImage();
      Operator operator =
          operator(cluster).setting("  image: {main: " + Needs.POSTGRES_IMAGE + "}");
      operator.holdfast("backup").ok();

      killOnce(operator, "starting a server", run -> !isEmpty(Path.of(drills)));
      killOnce(operator, "restoring a database", run -> runs(run, "pg_restore "));
      killOnce(operator, "asserting", run -> runs(run, PATIENCE));
      killWhileItCleansUp(operator);
    }
  }

  private Operator operator(Cluster cluster) {
    DrillIT.fill(cluster, volume);
    // Large enough that each phase lasts until it has been seen.
    Shell.bash("head -c 40000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    cluster.sql(
        "hf-drill-db",
        "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 20) AS t FROM generate_series(1, 60000) AS i",
        "CREATE INDEX ON big (md5(t))");
    String assertion =
        "[sh, -c, '[ ! -e %s ] && %s; touch %s']".formatted(hurry(), PATIENCE, asserted());
    return new Operator(folder)
        .cluster("main", cluster, "databases: {include: [\"hf-drill-*\"]}")
        .volumes(volume)
        .setting("drill:")
        .setting("  folder: " + drills)
        .setting("  assertions: [{name: patience, command: " + assertion + "}]");
  }

  /** Where this is, the assertion does not wait. */
  private Path hurry() {
    return folder.resolve("hurry");
  }

  /** The assertion has held, and what comes next is to clean up. */
  private Path asserted() {
    return folder.resolve("asserted");
  }

  private void killWhileItCleansUp(Operator operator) {
    Operator.write(hurry(), "");
    killOnce(operator, "cleaning up", run -> Files.exists(asserted()));
  }

  private static boolean isEmpty(Path folder) {
    String[] names = folder.toFile().list();
    return names == null || names.length == 0;
  }

  private static boolean runs(Running run, String program) {
    return run.session().stream().anyMatch(process -> process.contains(program));
  }

  private void killOnce(Operator operator, String phase, Predicate<Running> reached) {
    try (Running run = operator.start("drill")) {
      while (!reached.test(run)) {
        assertThat(run.isAlive()).as(phase).isTrue();
        LockSupport.parkNanos(2_000_000);
      }
      run.signalGroup("KILL");
      run.await();
    }
    operator.holdfast("check").ok();

    assertThat(Path.of(drills)).as(phase).isEmptyDirectory();
    assertThat(Shell.call("podman", "ps", "--all", "--format={{.Names}} {{.Mounts}}"))
        .as(phase)
        .doesNotContain(drills)
        .doesNotContain("holdfast-first-mount-of-holdfast-drill");
    assertThat(Shell.call("podman", "volume", "ls", "--quiet"))
        .as(phase)
        .doesNotContainPattern("holdfast-drill-\\w+-\\d+-" + volume);
    assertThat(Shell.bash("pgrep --full '[/]%s' || true".formatted(drills.substring(1))))
        .as(phase)
        .isEmpty();
    assertThat(operator.state().resolve("intents")).as(phase).isEmptyDirectory();
  }
}
