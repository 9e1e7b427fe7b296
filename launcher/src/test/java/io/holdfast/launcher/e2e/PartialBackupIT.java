package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be backed up: the rest goes on, the set says PARTIAL and why, exit 3; where nothing
 * could be, there is no set, exit 11.
 */
class PartialBackupIT {

  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @BeforeAll
  static void startServer() {
    cluster = HostServer.start();
  }

  @AfterAll
  static void stopServer() {
    cluster.close();
  }

  @AfterEach
  void clear() {
    cluster.dropAllDatabases();
  }

  private static void assertPartial(Operator operator, String kind, String name, String reason) {
    Repository repository = operator.repository();
    String set = repository.onlySet();
    repository.assertWhole(set);
    assertThat(repository.manifest(set).get("status").asString()).isEqualTo("PARTIAL");
    assertThat(repository.artifact(set, kind, name).get("reason").asString())
        .containsIgnoringCase(reason);
    operator.holdfast("show", set).ok().tells("PARTIAL", name);
    operator.holdfast("list").ok().tells("PARTIAL");
    operator.holdfast("verify", set).ok();
    operator.holdfast("restore", "databases", "latest", "--dry-run").exits(13);
  }

  @Test
  void a_database_that_refuses_connections_is_an_error_and_no_omission() {
    cluster.createDatabase("hf-e2e-good").createDatabase("hf-e2e-shut");
    cluster.sql("postgres", "ALTER DATABASE \"hf-e2e-shut\" ALLOW_CONNECTIONS false");
    Operator operator = new Operator(folder).cluster("main", cluster);

    operator.holdfast("backup", "databases").exits(3).tells("hf-e2e-shut");

    assertPartial(operator, "DATABASE", "hf-e2e-shut", "connection");
    assertThat(operator.repository().set(operator.repository().onlySet()).resolve("databases"))
        .isDirectoryContaining("glob:**/hf-e2e-good.dump")
        .isDirectoryNotContaining("glob:**/hf-e2e-shut.dump");
    operator.holdfast("backup", "databases", "--only", "hf-e2e-good").ok();
  }

  @Test
  void a_database_that_vanishes_during_the_run_is_an_error() {
    cluster.createDatabase(
        "hf-e2e-a", "CREATE TABLE t AS SELECT repeat('x', 100) FROM generate_series(1, 100000)");
    cluster.createDatabase("hf-e2e-b");
    Operator operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}")
            .setting("jobs: 1");
    TableLock lock = TableLock.of(cluster, "hf-e2e-a", "t");
    try (Running run = operator.start("backup", "databases")) {
      lock.awaitDump(run);
      cluster.dropDatabase("hf-e2e-b");
      lock.close();
      run.await().exits(3).tells("hf-e2e-b");
    } finally {
      lock.close();
    }

    assertPartial(operator, "DATABASE", "hf-e2e-b", "hf-e2e-b");
  }

  @Test
  void a_volume_whose_data_cannot_be_read_is_an_error_and_the_rest_goes_on() {
    try (Podman podman = new Podman()) {
      String good = podman.volume("good");
      String broken = podman.volume("broken");
      Shell.bash("echo x > %s/a; rmdir %s".formatted(Podman.folder(good), Podman.folder(broken)));
      cluster.createDatabase("hf-e2e-good");
      Operator operator =
          new Operator(folder).cluster("main", cluster).volumes(podman.prefix() + "*");

      operator.holdfast("backup").exits(3).tells(broken);

      assertPartial(operator, "VOLUME", broken, "");
      assertThat(operator.repository().set(operator.repository().onlySet()).resolve("volumes"))
          .isDirectoryContaining("glob:**/" + good + ".tar.gz")
          .isDirectoryNotContaining("glob:**/" + broken + "*");
    }
  }

  @Test
  void a_wrong_password_is_told_without_it_and_no_set_is_made() {
    Operator operator = new Operator(folder).cluster("main", cluster.port(), "hf-e2e-wrong-word");

    Outcome refused = operator.holdfast("backup", "databases").exits(11).tells("main", "password");
    assertThat(refused.told()).doesNotContain("hf-e2e-wrong-word");
    operator.holdfast("check").exits(11).tells("main", "password");

    assertThat(operator.repository().folders()).isEmpty();
  }

  @Test
  void a_cluster_that_cannot_be_reached_does_not_keep_the_others_from_being_backed_up() {
    cluster.createDatabase("hf-e2e-good");
    Operator operator =
        new Operator(folder).cluster("main", cluster).cluster("away", Cluster.freePort(), "none");

    operator.holdfast("backup").exits(3).tells("away");

    String set = operator.repository().onlySet();
    assertThat(operator.repository().manifest(set).get("status").asString()).isEqualTo("PARTIAL");
    assertThat(operator.repository().manifest(set).toString()).contains("away");
  }

  @Test
  void names_that_are_not_there_are_told_and_no_set_is_made() {
    cluster.createDatabase("hf-e2e-good");
    Operator operator = new Operator(folder).cluster("main", cluster);

    operator
        .holdfast("backup", "databases", "--only", "hf-e2e-missing")
        .exits(11)
        .tells("hf-e2e-missing");
    operator
        .holdfast("backup", "volumes", "--only", "hf-e2e-missing")
        .exits(11)
        .tells("hf-e2e-missing");
    assertThat(operator.repository().folders()).isEmpty();

    Outcome half = operator.holdfast("backup", "--only", "hf-e2e-good", "--only", "hf-e2e-missing");
    assertThat(half.exit()).as(half.told()).isIn(3, 11);
    half.tells("hf-e2e-missing");

    operator.holdfast("backup", "databases").ok();
    operator
        .holdfast("restore", "databases", "latest", "--only", "hf-e2e-missing")
        .exits(11)
        .tells("hf-e2e-missing");
  }

  @Test
  void when_everything_fails_there_is_no_set() {
    cluster.createDatabase("hf-e2e-shut");
    cluster.sql("postgres", "ALTER DATABASE \"hf-e2e-shut\" ALLOW_CONNECTIONS false");
    Operator operator =
        new Operator(folder)
            .cluster("main", cluster, "databases: {include: [\"hf-e2e-shut\"]}", "globals: false");

    operator.holdfast("backup").exits(11).tells("hf-e2e-shut");

    assertThat(operator.repository().folders()).isEmpty();
  }
}
