package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes and the containers that use them: paused for the read where asked, stopped for the swap
 * and started again; the data of a stopped server starts again after a restore, that of a running
 * one is no backup.
 */
class VolumesInUseIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    operator = new Operator(folder).volumes(podman.prefix() + "*");
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void a_stopped_servers_volume_restored_after_its_removal_starts_again() {
    String volume = podman.volume("pgdata");
    Cluster cluster = podman.postgres("pg", volume);
    String container = podman.prefix() + "pg";
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 'saved' AS a");
    Shell.call("podman", "stop", container);
    String root = Shell.call("stat", "-c", "%a %u:%g", Podman.folder(volume).toString());
    operator.holdfast("backup", "volumes").ok();
    Shell.call("podman", "rm", container);
    Podman.removeVolume(volume);

    operator.holdfast("restore", "volumes", "latest").ok();

    assertThat(Shell.call("stat", "-c", "%a %u:%g", Podman.folder(volume).toString()))
        .isEqualTo(root);
    podman.run(
        "pg",
        List.of(
            "--volume",
            volume + ":/var/lib/postgresql/data",
            "--publish",
            "127.0.0.1:" + cluster.port() + ":5432",
            Needs.POSTGRES_IMAGE));
    Podman.awaitServer(container);
    assertThat(cluster.query("hf-e2e-db", "SELECT a FROM t")).containsExactly("saved");
  }

  @Test
  void a_running_servers_volume_is_skipped_with_the_reason_and_named_in_full_an_error() {
    String server = podman.volume("pgdata");
    podman.postgres("pg", server);
    String app = podman.volume("app");
    Shell.bash("echo x > %s/a".formatted(Podman.folder(app)));

    Outcome skipped = operator.holdfast("backup", "volumes").ok();
    assertThat(skipped.stderr())
        .contains(server)
        .containsPattern("(?i)running.*server|server.*running");
    Repository repository = operator.repository();
    assertThat(repository.set(repository.onlySet()).resolve("volumes"))
        .isDirectoryContaining("glob:**/" + app + ".tar.gz")
        .isDirectoryNotContaining("glob:**/" + server + "*");

    operator.volumes(server, app);
    operator.holdfast("backup", "volumes").exits(3).tells(server);
    operator.volumes(server);
    operator.holdfast("backup", "volumes").exits(11).tells(server);
    assertThat(repository.published()).hasSize(2);

    Shell.call("podman", "pause", podman.prefix() + "pg");
    operator.holdfast("backup", "volumes").ok();
    assertThat(Podman.state(podman.prefix() + "pg")).isEqualTo("paused");
  }

  @Test
  void a_container_that_uses_the_volume_is_stopped_for_the_swap_and_runs_again() {
    String volume = podman.volume("app");
    Path data = Podman.folder(volume);
    String running = podman.app("running", volume);
    String stopped = podman.app("stopped", volume);
    Shell.call("podman", "stop", "--time", "1", stopped);
    String bystander = podman.app("bystander", podman.volume("other"));
    Shell.bash("echo saved > %1$s/a".formatted(data));
    operator.holdfast("backup", "volumes", "--only", volume).ok();
    assertThat(Podman.events(running)).doesNotContain("pause", "died");
    Shell.bash("echo newer > %1$s/a".formatted(data));

    operator.holdfast("restore", "volumes", "latest", "--dry-run", "--force").ok().tells(running);
    assertThat(Podman.events(running)).doesNotContain("died");
    operator.holdfast("restore", "volumes", "latest", "--force").ok();

    assertThat(Podman.state(running)).isEqualTo("running");
    assertThat(Podman.events(running)).contains("died");
    assertThat(Shell.call("podman", "exec", running, "cat", "/data/a")).isEqualTo("saved\n");
    assertThat(Podman.state(stopped)).isEqualTo("exited");
    assertThat(Podman.events(bystander)).doesNotContain("died", "pause");
  }

  @Test
  void a_restore_that_fails_starts_the_container_again_over_the_old_data() {
    String volume = podman.volume("app");
    Path data = Podman.folder(volume);
    String container = podman.app("running", volume);
    Shell.bash("head -c 3000000 /dev/urandom > %1$s/big".formatted(data));
    operator.holdfast("backup", "volumes").ok();
    Shell.bash("echo newer > %1$s/a".formatted(data));
    String changed = Trees.fingerprint(data);
    Repository repository = operator.repository();
    String set = repository.onlySet();
    // The archive is cut, and its checksum is of what is left: only reading it to the end tells.
    Shell.bash(
        "cd %s && rm manifest.json && truncate -s 1500000 volumes/*.tar.gz"
            .formatted(repository.set(set)));
    repository.publishByHand(set);

    Outcome failed = operator.holdfast("restore", "volumes", set, "--force");

    assertThat(failed.exit()).as(failed.told()).isIn(11, 13);
    assertThat(Trees.fingerprint(Podman.folder(volume))).isEqualTo(changed);
    assertThat(Podman.siblings(volume)).isEqualTo("_data");
    assertThat(Podman.state(container)).isEqualTo("running");
  }

  @Test
  void containers_to_pause_are_paused_for_the_read_and_released() {
    String volume = podman.volume("app");
    String paused = podman.app("paused", volume);
    String other = podman.app("other", volume);
    Shell.bash("echo x > %1$s/a".formatted(Podman.folder(volume)));

    operator.volumeSetting("pause: [" + paused + "]");
    operator.holdfast("backup", "volumes").ok();

    assertThat(Podman.events(paused))
        .containsSubsequence("pause", "unpause")
        .doesNotContain("died");
    assertThat(Podman.state(paused)).isEqualTo("running");
    assertThat(Podman.events(other)).doesNotContain("pause", "died");
  }

  @Test
  void a_container_to_pause_that_the_operator_had_paused_stays_so() {
    String volume = podman.volume("app");
    String paused = podman.app("paused", volume);
    Shell.bash("echo x > %1$s/a; podman pause %2$s".formatted(Podman.folder(volume), paused));

    operator.volumeSetting("pause: [" + paused + "]");
    operator.holdfast("backup", "volumes").ok();

    assertThat(Podman.state(paused)).isEqualTo("paused");
  }

  @Test
  void a_file_that_changes_while_it_is_read_is_named_in_a_warning_and_in_the_manifest()
      throws InterruptedException {
    String volume = podman.volume("app");
    Path file = Podman.folder(volume).resolve("growing.log");
    Shell.bash("head -c 60000000 /dev/zero > %s".formatted(file));
    Outcome backup;
    try (Running writer =
        new Shell().start(List.of("bash", "-c", "while :; do echo line >> " + file + "; done"))) {
      backup = operator.holdfast("backup", "volumes").ok();
      assertThat(writer.isAlive()).isTrue();
    }

    assertThat(backup.stderr()).contains("growing.log");
    String set = operator.repository().onlySet();
    assertThat(operator.repository().artifact(set, "VOLUME", volume).get("warnings").toString())
        .contains("growing.log");
    operator.holdfast("show", set).ok().tells("growing.log");
    operator.holdfast("verify", set, "--deep").ok();
  }
}
