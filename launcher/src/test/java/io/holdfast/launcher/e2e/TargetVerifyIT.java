package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code target verify} on a folder: it keeps every promise, and nothing of the trial is left. */
class TargetVerifyIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Operator operator;

  @BeforeEach
  void begin() {
    operator = new Operator(folder);
  }

  @Test
  void a_folder_keeps_the_whole_contract_in_a_small_heap_and_nothing_is_left() {
    operator.javaOptions("-Xmx128m");
    Operator.write(operator.repository().root().resolve("note"), "of the operator");

    Outcome verified = operator.holdfast("target", "verify", "local").ok();

    verified.tells(
        "a large blob streams there and back", "of two racing writers one wins", "hard links");
    assertThat(verified.stdout()).doesNotContain("FAILED", "not tried");
    assertThat(operator.repository().strays()).containsExactly("note");
  }

  @Test
  void the_quick_form_as_json_is_one_document() {
    JsonNode verified =
        operator.holdfast("target", "verify", "local", "--quick", "--json").ok().json();

    assertThat(verified.get("trusty").asBoolean()).isTrue();
    assertThat(verified.get("promises").size()).isGreaterThan(5);
    verified.get("promises").forEach(p -> assertThat(p.get("result").asString()).isEqualTo("KEPT"));
    assertThat(operator.repository().strays()).isEmpty();
  }

  @Test
  void a_terminals_interrupt_ends_it_and_nothing_is_left() {
    try (Running run = operator.start("target", "verify", "local")) {
      awaitTrial(run);
      run.signalGroup("INT");
      run.await().exits(130);
    }

    assertThat(operator.repository().strays()).isEmpty();
  }

  @Test
  void what_a_killed_trial_left_is_removed_by_the_next_check_and_by_the_next_trial() {
    killATrial();
    operator.holdfast("check").ok().tells("Removed the lock of holdfast target verify");
    assertThat(operator.repository().strays()).isEmpty();

    killATrial();
    operator
        .holdfast("target", "verify", "local", "--quick")
        .ok()
        .tells("Removed the lock of holdfast target verify");
    assertThat(operator.repository().strays()).isEmpty();
  }

  @Test
  void a_target_that_cannot_be_written_to_gives_twelve() {
    Operator.write(folder.resolve("file"), "no folder");
    operator
        .target(folder.resolve("file/below"))
        .holdfast("target", "verify", "local", "--quick")
        .exits(12)
        .tells(folder.resolve("file").toString());
    operator.holdfast("target", "verify", "nowhere").exits(10).tells("nowhere", "local");
  }

  private void killATrial() {
    try (Running run = operator.start("target", "verify", "local")) {
      awaitTrial(run);
      run.signalGroup("KILL");
      run.process().onExit().join();
    }
    assertThat(operator.repository().strays()).anyMatch(path -> path.contains(".holdfast/"));
  }

  /** Until it has written blobs of its own. */
  private void awaitTrial(Running run) {
    String look = "find %s/.holdfast/contract -type f 2>/dev/null | head -1";
    while (Shell.bash(look.formatted(operator.repository().root()) + " || true").isBlank()) {
      assertThat(run.isAlive()).isTrue();
    }
  }
}
