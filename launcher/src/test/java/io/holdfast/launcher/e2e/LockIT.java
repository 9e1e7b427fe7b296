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
  void a_lock_of_another_host_holds_until_it_expires_and_takes_its_unfinished_set_along() {
    plantLock("repository", "far-away", 4711, "20250101_000000");

    operator.holdfast("backup", "databases").exits(14).tells("far-away", "holdfast locks");
    operator.holdfast("locks").ok().tells("ALIVE", "far-away", "4711", "20250101_000000");
    assertThat(operator.repository().folders()).containsExactly("20250101_000000");

    Shell.bash("touch -d '11 minutes ago' %s/*".formatted(locks()));
    operator.holdfast("locks").ok().tells("EXPIRED");
    operator.holdfast("backup", "databases").ok().tells("20250101_000000");

    assertThat(operator.repository().folders())
        .isEqualTo(operator.repository().published())
        .hasSize(1);
    operator.holdfast("locks").ok().tells("FREE");
    assertThat(operator.repository().strays()).containsExactly("README.md");
  }

  @Test
  void a_fresh_heartbeat_keeps_an_old_lock() {
    plantLock("repository", "far-away", 4711, "20250101_000000");
    Shell.bash("touch -d '3 days ago' %s/*".formatted(locks()));
    plantLock("beat-planted-0000004320", "far-away", 4711, "20250101_000000");

    operator.holdfast("backup", "databases").exits(14).tells("far-away");
  }

  @Test
  void a_lock_that_seems_alive_is_cleared_by_force_alone() {
    plantLock("repository", "far-away", 4711, "20250101_000000");

    operator.holdfast("locks", "--clear").exits(14).tells("ALIVE");
    assertThat(operator.repository().folders()).containsExactly("20250101_000000");

    operator.holdfast("locks", "--clear", "--force").ok().tells("cleared");
    assertThat(operator.repository().strays()).isEmpty();
  }

  @Test
  void what_a_killed_run_holds_is_shown_as_gone_and_cleared() {
    try (TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
        Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);
      first.signalGroup("KILL");
      first.process().onExit().join();
      operator.holdfast("locks").ok().tells("GONE", Long.toString(first.pid()));
    }

    operator.holdfast("locks", "--clear", "--json").ok().tells("\"cleared\" : true");

    operator.holdfast("locks").ok().tells("FREE");
    assertThat(operator.repository().strays()).isEmpty();
  }

  @Test
  void a_run_that_sleeps_is_alive_until_it_expires_and_publishes_nothing_when_it_wakes() {
    TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
    try (Running sleeper = operator.start("backup", "databases")) {
      lock.awaitDump(sleeper);
      sleeper.signalGroup("STOP");
      lock.close();
      operator.holdfast("backup", "databases").exits(14);

      Shell.bash("touch -d '11 minutes ago' %s/*".formatted(locks()));
      operator.holdfast("backup", "databases").ok();
      sleeper.signalGroup("CONT");

      Outcome woke = sleeper.await();
      assertThat(woke.exit()).as(woke.told()).isIn(12, 14);
    } finally {
      lock.close();
    }
    assertThat(operator.repository().folders())
        .isEqualTo(operator.repository().published())
        .hasSize(1);
    operator.repository().assertWhole(operator.repository().onlySet());
    assertThat(operator.repository().strays()).containsExactly("README.md");
  }

  @Test
  void a_run_whose_lock_is_removed_meanwhile_does_not_publish() {
    TableLock lock = TableLock.of(cluster, "hf-e2e-db", "t");
    try (Running first = operator.start("backup", "databases")) {
      lock.awaitDump(first);
      Shell.bash("rm %s/repository".formatted(locks()));
      lock.close();

      first.await().exits(14).tells("was removed while this run held it");
    } finally {
      lock.close();
    }
    assertThat(operator.repository().folders()).isEmpty();
    assertThat(operator.repository().strays()).isEmpty();
  }

  private Path locks() {
    return operator.repository().root().resolve(".holdfast/locks");
  }

  /** What a run on another host would have left so far. */
  private void plantLock(String name, String host, long pid, String set) {
    Path half = operator.repository().set(set).resolve("databases");
    Shell.bash("mkdir -p %s %s && echo PGDMP > %s/half.dump".formatted(half, locks(), half));
    Operator.write(
        locks().resolve(name),
        """
        {"token": "planted", "host": "%s", "pid": %d, "processMark": "boot:1",
         "since": "2025-01-01T00:00:00Z", "command": "backup", "set": "%s", "expirySeconds": 600}
        """
            .formatted(host, pid, set));
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
