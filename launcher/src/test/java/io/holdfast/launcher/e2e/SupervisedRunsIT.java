package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The operator's own programs around runs, what is remembered of runs, and events as JSON. */
class SupervisedRunsIT {

  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Operator operator;

  @BeforeAll
  static void beginServer() {
    cluster = HostServer.start();
    cluster.createDatabase("hf-frame-db", "CREATE TABLE t AS SELECT 1 AS a");
  }

  @AfterAll
  static void endServer() {
    cluster.close();
  }

  @BeforeEach
  void begin() {
    operator = new Operator(folder).cluster("main", cluster);
  }

  @Test
  void hooks_run_around_a_backup_and_know_its_facts_and_no_secret() throws IOException {
    hooks(
        "before: [\"sh\", \"-c\", \"echo frozen; env >%s/$HOLDFAST_PHASE\"]".formatted(folder),
        "after: [[\"sh\", \"-c\", \"env >%s/$HOLDFAST_PHASE\"]]".formatted(folder),
        "on-failure: [\"touch\", \"%s/on-failure\"]".formatted(folder));

    Outcome backup = operator.holdfast("backup", "databases", "--json").ok();

    String run = backup.json().get("run").asString();
    String set = operator.repository().onlySet();
    assertThat(Files.readAllLines(folder.resolve("before")))
        .contains(
            "HOLDFAST_RUN=" + run,
            "HOLDFAST_COMMAND=backup",
            "HOLDFAST_HOST=hf-e2e-host",
            "HOLDFAST_PHASE=before");
    assertThat(Files.readAllLines(folder.resolve("after")))
        .contains(
            "HOLDFAST_RUN=" + run,
            "HOLDFAST_PHASE=after",
            "HOLDFAST_OUTCOME=SUCCEEDED",
            "HOLDFAST_EXIT_CODE=0",
            "HOLDFAST_SET=" + set,
            "HOLDFAST_TARGETS=local",
            "HOLDFAST_ERROR=")
        .noneMatch(line -> line.contains(cluster.password()));
    assertThat(folder.resolve("on-failure")).doesNotExist();
    operator.holdfast("history", run).ok().tells("SUCCEEDED", set, "hook before (sh): frozen");
  }

  @Test
  void a_failing_hook_before_stops_the_run_and_every_line_told_is_json() {
    hooks(
        "before: [\"sh\", \"-c\", \"echo not now >&2; exit 7\"]",
        "after: [\"touch\", \"%s/after\"]".formatted(folder),
        "on-failure: [\"sh\", \"-c\", \"echo $HOLDFAST_ERROR >%s/on-failure\"]".formatted(folder));

    Outcome failed = operator.holdfast("backup", "databases", "--log-format", "json").exits(11);

    assertThat(operator.repository().folders()).isEmpty();
    assertThat(folder.resolve("after")).doesNotExist();
    assertThat(folder.resolve("on-failure")).content().contains("exit code 7: not now");
    List<String> events = new ArrayList<>();
    for (String line : failed.stderr().lines().toList()) {
      JsonNode event = Outcome.JSON.readTree(line);
      assertThat(event.get("time").asString()).endsWith("Z");
      assertThat(event.get("level").asString()).isIn("error", "warning", "info");
      events.add(event.get("event").asString() + " " + event.get("message").asString());
    }
    assertThat(events)
        .contains("run-started backup begins", "note hook before (sh): not now")
        .last()
        .asString()
        .startsWith("failure hook before (sh) failed with exit code 7");
  }

  @Test
  void a_hook_that_is_late_is_ended_and_stops_the_run() {
    hooks("before: [\"sh\", \"-c\", \"sleep 86401 & sleep 86401\"]", "timeout: 1s");

    operator.holdfast("backup", "databases").exits(11).tells("still at work after 1 s");

    assertThat(operator.repository().folders()).isEmpty();
    assertThat(Shell.bash("pgrep -fx 'sleep 86401' || true")).isEmpty();
  }

  @Test
  void ctrl_c_ends_a_hook_and_what_is_frozen_does_not_stay_so() {
    hooks(
        "before: [\"sh\", \"-c\", \"touch %s/begun; sleep 86402\"]".formatted(folder),
        "on-failure: [\"sh\", \"-c\", \"echo $HOLDFAST_OUTCOME >%s/thawed\"]".formatted(folder));
    try (Running run = operator.start("backup", "databases")) {
      awaitFile("begun", run);
      run.signalGroup("INT");
      run.await().exits(130);
      assertThat(run.session()).isEmpty();
    }

    assertThat(folder.resolve("thawed")).content().isEqualTo("INTERRUPTED\n");
    operator.holdfast("history").ok().tells("INTERRUPTED", "130");
  }

  @Test
  void the_history_tells_runs_that_failed_did_a_part_or_were_killed() {
    hooks("after: [\"sh\", \"-c\", \"exit 4\"]");
    operator.holdfast("backup", "databases").exits(3).tells("hook after (sh) failed");
    hooks("before: [\"sh\", \"-c\", \"touch %s/begun; sleep 86403\"]".formatted(folder));
    try (Running run = operator.start("backup", "databases")) {
      awaitFile("begun", run);
      operator.holdfast("history", "--last", "1").ok().tells("RUNNING");
      run.signalGroup("KILL");
      run.process().onExit().join();
    }
    operator.setting("nonsense: 1");
    operator.holdfast("verify", "latest").exits(10);

    JsonNode runs = operator.holdfast("history", "--json").ok().json().get("runs");

    assertThat(runs)
        .extracting(run -> run.get("command").asString() + " " + run.get("outcome").asString())
        .containsExactly("verify FAILED", "backup KILLED", "backup PARTIAL");
    assertThat(runs.get(0).get("exitCode").asInt()).isEqualTo(10);
    assertThat(runs.get(0).get("failure").asString()).contains("configuration");
    assertThat(runs.get(2).get("warnings").toString()).contains("exit code 4");
    operator
        .holdfast("history", runs.get(2).get("run").asString())
        .ok()
        .tells("PARTIAL", "hf-frame-db", "hook after (sh) failed");
    Shell.bash(
        "[ \"$(find %s/runs ! -perm /077 | wc -l)\" = \"$(find %s/runs | wc -l)\" ]"
            .formatted(operator.state(), operator.state()));
  }

  @Test
  void a_state_folder_that_cannot_be_written_fails_no_restore_and_check_misses_programs() {
    hooks("before: /no/such/freeze");
    operator.holdfast("check").exits(11).tells("hook before backup", "/no/such/freeze");
    operator.holdfast("backup", "databases").exits(11).tells("/no/such/freeze");
    hooks("timeout: 1m");
    operator.holdfast("backup", "databases", "--quiet").ok();
    Shell.bash("rm -r %s/runs && echo >%s/runs".formatted(operator.state(), operator.state()));

    operator.holdfast("verify", "latest").ok().tells("WHOLE", "this run is not in the history");
  }

  /** Sets the hooks of backups, in place of those before. */
  private void hooks(String... lines) {
    operator.hooks("backup", lines);
  }

  private void awaitFile(String name, Running run) {
    while (!Files.exists(folder.resolve(name))) {
      assertThat(run.isAlive()).as(name).isTrue();
      Shell.call("sleep", "0.05");
    }
  }
}
