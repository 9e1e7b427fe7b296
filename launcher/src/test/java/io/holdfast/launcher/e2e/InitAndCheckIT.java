package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code init} looks around and writes what {@code check} accepts; {@code check} finds what is not
 * ready.
 */
class InitAndCheckIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void init_writes_a_configuration_of_what_it_finds_that_check_accepts() {
    try (Podman podman = new Podman()) {
      String data = podman.volume("pgdata");
      Cluster cluster = podman.postgres("pg", data);
      String volume = podman.volume("app");
      podman.app("app", volume);
      String init = Needs.launcher() + " init";

      shell().script(init).ok();

      Path config = folder.resolve("holdfast.yaml");
      String written = Shell.call("cat", config.toString());
      assertThat(written)
          .contains("#", "container:" + podman.prefix() + "pg", Integer.toString(cluster.port()))
          .contains(volume)
          .doesNotContain(cluster.password());
      assertThat(Shell.call("stat", "-c", "%a", config.toString()).trim())
          .isIn("600", "640", "644");
      Outcome again = shell().script(init);
      assertThat(again.exit()).as(again.told()).isIn(2, 10);
      assertThat(Shell.call("cat", config.toString())).isEqualTo(written);

      Outcome check = checked(config, cluster);
      if (written.lines().filter(line -> line.contains("tools:")).count() == 1) {
        check.ok();
      }
      // Servers of somebody else may run here too, whose passwords nobody told.
      assertThat(check.exit()).as(check.told()).isIn(0, 11);
      check.tells(podman.prefix());
    }
  }

  /** Checks with what init asks the operator for: a place for backups, and the passwords. */
  private Outcome checked(Path config, Cluster cluster) {
    Path target = folder.resolve("target");
    Operator.write(folder.resolve(".pgpass"), "*:*:*:*:" + cluster.password() + "\n");
    Shell.bash(
        "mkdir %1$s; chmod 600 %2$s/.pgpass; sed -i -E 's#file:///[^\"]*#file://%1$s#; /^ *password:/d' %3$s"
            .formatted(target, folder, config));
    return shell()
        .with("HOME", folder.toString())
        .with("PGPASSFILE", folder.resolve(".pgpass").toString())
        .run(List.of(Needs.launcher().toString(), "check"));
  }

  private Shell shell() {
    return new Shell().in(folder).with("HOLDFAST_STATE", folder.resolve("state").toString());
  }

  @Test
  void check_is_content_with_a_host_that_is_ready_and_leaves_no_probe() {
    try (Cluster cluster = HostServer.start();
        Podman podman = new Podman()) {
      String volume = podman.volume("app");
      Operator operator = new Operator(folder).cluster("main", cluster).volumes(volume);

      operator.holdfast("check").ok().tells("main", "local");

      assertThat(Shell.bash("find %s -type f".formatted(operator.repository().root()))).isEmpty();
      operator.volumes("hf-e2e-no-such-volume");
      operator.holdfast("check").exits(11).tells("hf-e2e-no-such-volume");
    }
  }

  @Test
  void verify_reads_dumps_and_tars_to_their_ends_without_any_server() throws Exception {
    Operator operator = new Operator(folder);
    try (Podman podman = new Podman()) {
      try (Cluster cluster = HostServer.start()) {
        cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1 AS a");
        String volume = podman.volume("app");
        operator.cluster("main", cluster).volumes(volume).holdfast("backup").ok();
      }
      operator.holdfast("verify", "latest", "--deep").ok();
      operator.holdfast("verify", "all", "--deep").ok();
      operator
          .holdfast("verify", operator.repository().set(operator.repository().onlySet()).toString())
          .ok();
      Files.deleteIfExists(folder.resolve("password-main"));
      operator.holdfast("list").ok();
    }
  }

  @Test
  void verify_without_a_set_takes_the_latest() {
    try (Cluster cluster = HostServer.start()) {
      Operator operator = new Operator(folder).cluster("main", cluster);
      operator.holdfast("backup").ok();
      operator.holdfast("verify").ok().tells(operator.repository().onlySet());
    }
  }
}
