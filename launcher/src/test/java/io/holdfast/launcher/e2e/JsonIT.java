package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Results go to stdout and all else to stderr; {@code --json} is one document, errors too. */
class JsonIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Cluster cluster;
  private Operator operator;

  @BeforeEach
  void begin() {
    cluster = HostServer.start();
    cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1 AS a");
    operator = new Operator(folder).cluster("main", cluster);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void every_command_prints_one_document_on_stdout() {
    JsonNode backup = operator.holdfast("backup", "--json", "--tag", "a").ok().json();
    String set = operator.repository().onlySet();
    assertThat(backup.toString()).contains(set, "hf-e2e-db", "COMPLETE");
    assertThat(operator.holdfast("--json", "list").ok().json().toString())
        .contains(set, "COMPLETE", "local");
    JsonNode shown = operator.holdfast("show", set, "--json").ok().json();
    assertThat(shown.toString()).contains("hf-e2e-db", "databases/hf-e2e-db.dump");
    assertThat(operator.holdfast("verify", "all", "--json").ok().json().toString()).contains(set);
    assertThat(operator.holdfast("check", "--json").ok().json().toString()).contains("main");
    String plan =
        operator
            .holdfast(
                "restore",
                "databases",
                "latest",
                "--only",
                "hf-e2e-db",
                "--force",
                "--dry-run",
                "--json")
            .ok()
            .json()
            .toString();
    assertThat(plan).contains("hf-e2e-db");
    operator
        .holdfast("restore", "databases", "latest", "--only", "hf-e2e-db", "--force", "--json")
        .ok()
        .json();
  }

  @Test
  void documents_have_the_keys_that_are_documented() {
    DocumentedJson.showsTheKeysOf(operator.holdfast("backup", "--json").ok().json());
    for (String command : List.of("list", "status", "history", "report", "check")) {
      DocumentedJson.showsTheKeysOf(operator.holdfast(command, "--json").json());
    }
    DocumentedJson.showsTheKeysOf(operator.holdfast("show", "latest", "--json").ok().json());
    DocumentedJson.showsTheKeysOf(operator.holdfast("verify", "all", "--json").ok().json());
    DocumentedJson.showsTheKeysOf(operator.holdfast("prune", "--dry-run", "--json").ok().json());
  }

  @Test
  void errors_are_a_document_too_with_kind_message_hint_and_exit_code() {
    JsonNode unknown =
        operator.holdfast("show", "20010101_010101", "--json").exits(13).json().get("error");
    assertThat(unknown.get("exitCode").asInt()).isEqualTo(13);
    assertThat(unknown.get("message").asString()).contains("20010101_010101");
    assertThat(unknown.get("hint").asString()).isNotBlank();
    cluster.sql("postgres", "ALTER DATABASE \"hf-e2e-db\" ALLOW_CONNECTIONS false");
    JsonNode partial = operator.holdfast("backup", "--json").exits(3).json();
    assertThat(partial.toString()).contains("PARTIAL", "hf-e2e-db");
    Shell.bash(
        "for f in %s/*/RESTORE.md; do echo >> $f; done".formatted(operator.repository().root()));
    JsonNode damaged = operator.holdfast("verify", "all", "--json").exits(13).json();
    assertThat(damaged.toString()).contains("RESTORE.md");
  }

  @Test
  void quiet_says_nothing_on_stderr_and_without_json_stdout_holds_the_result() {
    Outcome quiet = operator.holdfast("backup", "--quiet").ok();
    assertThat(quiet.stderr()).isEmpty();
    Outcome plain = operator.holdfast("backup").ok();
    String set = operator.repository().newestSet();
    assertThat(plain.stdout()).contains(set);
    assertThat(plain.stderr()).contains("hf-e2e-db").doesNotContain("\u001b");
    assertThat(plain.stdout()).doesNotContain("\u001b");
    assertThat(operator.holdfast("verify", set, "--quiet").ok().stderr()).isEmpty();
    assertThat(operator.holdfast("verify", "20010101_010101", "--quiet").exits(13).stderr())
        .isNotEmpty();
  }
}
