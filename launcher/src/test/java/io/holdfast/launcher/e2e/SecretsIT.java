package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No password is ever in a process's arguments, in what a command says, or in a set; what is stored
 * is readable by its owner alone.
 */
class SecretsIT {

  private static final String APP_SECRET = "hf-e2e-hush-4711";

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
  void a_password_is_in_no_arguments_no_output_and_no_file_with_the_hosts_tools() throws Exception {
    try (Cluster cluster = HostServer.start()) {
      keptSecret(new Operator(folder).cluster("main", cluster), cluster);
    }
  }

  @Test
  void a_password_is_in_no_arguments_no_output_and_no_file_with_a_containers_tools()
      throws Exception {
    Cluster cluster = podman.postgres("pg", podman.volume("pgdata"));
    String tools = "tools: container:" + podman.prefix() + "pg";
    keptSecret(new Operator(folder).cluster("main", cluster, tools), cluster);
  }

  private void keptSecret(Operator operator, Cluster cluster) throws Exception {
    cluster.createDatabase(
        "hf-e2e-db", "CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) AS i");
    StringBuilder said = new StringBuilder();
    try (Procs procs = new Procs()) {
      for (List<String> command :
          List.of(
              List.of("check"),
              List.of("backup", "databases"),
              List.of("backup", "databases", "--json"),
              List.of("show", "latest", "--json"),
              List.of("restore", "databases", "latest", "--only", "hf-e2e-db", "--force"))) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--debug");
        said.append(operator.holdfast(arguments.toArray(String[]::new)).ok().told());
      }
      assertThat(procs.seen())
          .anyMatch(arguments -> arguments.contains("pg_dump"))
          .anyMatch(arguments -> arguments.contains("pg_restore"))
          .noneMatch(arguments -> arguments.contains(cluster.password()));
    }
    assertThat(said.toString()).doesNotContain(cluster.password());
    assertNowhere(cluster.password(), operator.repository().root());
    if (Files.exists(operator.state())) {
      assertNowhere(cluster.password(), operator.state());
    }
  }

  private static void assertNowhere(String secret, Path root) {
    Outcome found = new Shell().run(List.of("grep", "-rlF", secret, root.toString()));
    assertThat(found.stdout()).as("files that hold the secret").isEmpty();
  }

  @Test
  void secrets_of_a_containers_environment_are_redacted_and_the_rest_is_kept() {
    String volume = podman.volume("app");
    String container =
        podman.app(
            "app",
            volume,
            "--env",
            "DB_PASSWORD=" + APP_SECRET,
            "--env",
            "API_TOKEN=" + APP_SECRET,
            "--env",
            "aws_secret_access_key=" + APP_SECRET,
            "--env=SMTP_PASSWD=" + APP_SECRET,
            "--env",
            "DATABASE_URL=postgres://app:" + APP_SECRET + "@db/app",
            "--env",
            "LISTEN=0.0.0.0:8080");
    Operator operator = new Operator(folder).volumes(volume);

    Outcome backup = operator.holdfast("backup", "volumes", "--json").ok();

    assertThat(backup.told()).doesNotContain(APP_SECRET);
    assertNowhere(APP_SECRET, operator.repository().root());
    String set = operator.repository().onlySet();
    Path inspected = operator.repository().set(set).resolve("containers/" + container + ".json");
    String json = Outcome.JSON.readTree(inspected.toFile()).toString();
    assertThat(json).contains("DB_PASSWORD=", "API_TOKEN=", "LISTEN=0.0.0.0:8080", volume);
  }

  @Test
  void what_is_stored_is_readable_by_its_owner_alone() {
    try (Cluster cluster = HostServer.start()) {
      String volume = podman.volume("app");
      podman.app("app", volume);
      Operator operator = new Operator(folder).cluster("main", cluster).volumes(volume);
      operator.holdfast("backup").ok();
      operator.holdfast("verify", "latest").ok();

      String modes =
          Shell.bash(
              "find %s -mindepth 1 -printf '%%y %%m\\n' | sort -u"
                  .formatted(operator.repository().root()));

      assertThat(modes.lines()).containsExactly("d 700", "f 600");
    }
  }
}
