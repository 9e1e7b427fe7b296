package io.holdfast.domain.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {

  @Test
  void an_exit_code_tells_what_came_of_a_run() {
    assertThat(RunOutcome.ofExitCode(0)).isEqualTo(RunOutcome.SUCCEEDED);
    assertThat(RunOutcome.ofExitCode(3)).isEqualTo(RunOutcome.PARTIAL);
    assertThat(RunOutcome.ofExitCode(130)).isEqualTo(RunOutcome.INTERRUPTED);
    assertThat(List.of(1, 2, 10, 11, 12, 13, 14, 15))
        .allSatisfy(code -> assertThat(RunOutcome.ofExitCode(code)).isEqualTo(RunOutcome.FAILED));
  }

  @Test
  void what_failed_of_a_run_is_told_by_its_name() {
    RunFacts facts =
        new RunFacts(
            List.of(),
            List.of(
                new ArtifactFact("volume v", 1, 1, 1, Optional.empty()),
                new ArtifactFact("database main/a", 0, 0, 0, Optional.of("it is gone"))),
            List.of(
                new TargetFact("local", Optional.empty()),
                new TargetFact("nas", Optional.of("it is full"))),
            List.of("warned"));

    assertThat(facts.failures())
        .containsExactly("database main/a: it is gone", "target nas: it is full");
    assertThat(RunFacts.NONE.failures()).isEmpty();
  }

  @Test
  void a_kind_of_run_is_named_like_its_command() {
    assertThat(RunKind.BACKUP.command()).isEqualTo("backup");
    assertThat(RunKind.ofCommand("prune")).contains(RunKind.PRUNE);
    assertThat(RunKind.ofCommand("list")).isEmpty();
  }

  @Test
  void a_runs_name_is_a_plain_file_name_that_orders_as_times_do() {
    RunId earlier = new RunId("20261122_142547-backup-4711");
    RunId later = new RunId("20261122_142548-backup-12");

    assertThat(earlier).isLessThan(later).hasToString("20261122_142547-backup-4711");
    assertThat(RunId.parse("20261122_142547-backup-4711")).contains(earlier);
    assertThat(RunId.parse("../20261122_142547-backup-4711")).isEmpty();
    assertThatThrownBy(() -> new RunId("backup"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void a_run_takes_as_long_as_from_its_beginning_to_its_end() {
    Instant started = Instant.parse("2026-11-22T14:25:47Z");
    Run begun =
        new Run(
            new RunId("20261122_142547-backup-4711"), RunKind.BACKUP, started, Optional.empty());
    RunEnding ending =
        new RunEnding(
            started.plusSeconds(90), RunOutcome.PARTIAL, 3, Optional.empty(), "", RunFacts.NONE);
    Run ended = begun.ended(ending);

    assertThat(begun.took()).isEmpty();
    assertThat(begun.came(RunOutcome.PARTIAL)).isFalse();
    assertThat(ended.took()).contains(Duration.ofSeconds(90));
    assertThat(ended.ending()).contains(ending);
    assertThat(ended.came(RunOutcome.PARTIAL)).isTrue();
    assertThat(ended.came(RunOutcome.SUCCEEDED)).isFalse();
  }

  @Test
  void a_warning_is_told_once() {
    RunFacts facts = new RunFacts(List.of(), List.of(), List.of(), List.of("one"));

    assertThat(facts.withWarnings(List.of("two", "one")).warnings()).containsExactly("one", "two");
  }
}
