package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs on one repository: the second is told who is at work, or waits; the dead hold nothing.
 */
class LockIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Cluster cluster;
  private Operator operator;

  @BeforeEach
  void begin() {
    cluster = HostServer.start();
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1");
    operator = new Operator(folder).cluster("main", cluster);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void a_second_backup_ends_at_once_and_names_the_holder() {
    TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
    try (Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);

      operator
          .holdfast("backup", "databases")
          .exits(14)
          .tells(Long.toString(first.pid()), "hf-e2e-host", "backup");
      operator.holdfast("list").ok().tells("INCOMPLETE");

      lock.close();
      first.await().ok();
    } finally {
      lock.close();
    }
    assertThat(operator.repository().published()).hasSize(1);
    operator.holdfast("backup", "databases").ok();
  }

  @Test
  void a_second_backup_that_may_wait_begins_when_the_first_has_ended() {
    TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
    try (Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);
      operator.holdfast("backup", "databases", "--wait", "1s").exits(14);
      try (Running second = operator.start("backup", "databases", "--wait", "2m")) {
        lock.close();
        first.await().ok();
        second.await().ok();
      }
    } finally {
      lock.close();
    }
    assertThat(operator.repository().published()).hasSize(2);
  }

  @Test
  void the_lock_of_a_run_that_was_killed_is_taken_over() {
    try (TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
        Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);
      first.signalGroup("KILL");
      first.process().onExit().join();
    }

    operator.holdfast("backup", "databases").ok();

    assertThat(operator.repository().published()).hasSize(1);
  }

  @Test
  void reading_commands_and_a_backup_go_together() {
    operator.holdfast("backup", "databases").ok();
    String set = operator.repository().onlySet();
    TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
    try (Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);
      operator.holdfast("show", "latest").ok().tells(set);
      operator.holdfast("verify", "all").ok();
      lock.close();
      first.await().ok();
    } finally {
      lock.close();
    }
  }
}
