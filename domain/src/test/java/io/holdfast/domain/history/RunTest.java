package io.holdfast.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
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
}
