package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is interrupted exits 130 and leaves nothing: no process on the host or in a container,
 * no file of the set, no container held, no lock.
 */
class InterruptedIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;

  @BeforeEach
  void begin() {
    podman = new Podman();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void a_backup_that_waits_for_a_dump_on_the_host_leaves_no_process_and_no_file() {
    try (Cluster cluster = HostServer.start()) {
      Operator operator = new Operator(folder).cluster("main", cluster);
      operator.holdfast("backup", "databases").ok();
      var control = operator.repository().strays();
      cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1");
      try (TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
          Running run = operator.start("backup", "databases")) {
        lock.awaitDump(run);

        run.signalGroup("INT");

        run.await().exits(130);
        assertThat(run.session()).isEmpty();
      }
      assertThat(operator.repository().folders()).hasSize(1);
      assertThat(operator.repository().strays()).isEqualTo(control);
      operator.holdfast("backup", "databases").ok();
    }
  }

  @Test
  void a_backup_that_waits_for_a_dump_in_a_container_leaves_no_process_in_it() {
    Cluster cluster = podman.postgres("pg", podman.volume("pgdata"));
    String container = podman.prefix() + "pg";
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1");
    Operator operator =
        new Operator(folder).cluster("main", cluster, "tools: container:" + container);
    try (TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
        Running run = operator.start("backup", "databases")) {
      lock.awaitDump(run);

      run.signalGroup("INT");

      run.await().exits(130);
      assertThat(run.session()).isEmpty();
      assertThat(Shell.call("podman", "exec", container, "ps", "-eo", "comm"))
          .doesNotContain("pg_dump");
    }
    assertThat(operator.repository().folders()).isEmpty();
    operator.holdfast("backup", "databases").ok();
  }

  @Test
  void a_backup_that_holds_a_container_lets_it_go() {
    String volume = podman.volume("app");
    String container = podman.app("app", volume);
    Shell.bash("head -c 300000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    Operator operator =
        new Operator(folder).volumes(volume).volumeSetting("pause: [" + container + "]");
    try (Running run = operator.start("backup", "volumes")) {
      while (!Podman.state(container).equals("paused")) {
        assertThat(run.isAlive()).isTrue();
      }

      run.signal("INT");

      run.await().exits(130);
      assertThat(run.session()).isEmpty();
    }
    assertThat(Podman.state(container)).isEqualTo("running");
    assertThat(operator.repository().folders()).isEmpty();
  }

  @Test
  void a_restore_keeps_the_old_database() {
    try (Cluster cluster = HostServer.start()) {
      cluster.createDatabase(
          "hf-e2e-db",
          "CREATE TABLE t AS SELECT 'saved' AS a",
          Cluster.functionThatElsewhere("hf-e2e-db", "PERFORM pg_sleep(600)"),
          "CREATE INDEX ON t (elsewhere(a))");
      Operator operator = new Operator(folder).cluster("main", cluster);
      operator.holdfast("backup", "databases").ok();
      cluster.sql("hf-e2e-db", "UPDATE t SET a = 'newer'");
      try (Running run =
          operator.start("restore", "databases", "latest", "--only", "hf-e2e-db", "--force")) {
        cluster.await("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'", run);

        run.signalGroup("INT");

        run.await().exits(130);
        assertThat(run.session()).isEmpty();
      }
      assertThat(cluster.query("hf-e2e-db", "SELECT a FROM t")).containsExactly("newer");
      assertThat(cluster.databases())
          .containsExactly("hf-e2e-db", "postgres", "template0", "template1");
    }
  }
}
