package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.domain.history.RunKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisionTest {

  private final FakeSession session = new FakeSession();

  @Test
  void what_makes_reads_or_moves_sets_is_a_run() {
    session.verified = List.of(new VerifiedSet("20251006_020000", "here", 1, 1, List.of()));

    assertThat(Run.of(session, "verify", "all").exitCode()).isZero();
    assertThat(Run.of(session, "verify", "20251006_020000").exitCode()).isZero();
    assertThat(Run.of(session, "restore", "all", "latest").exitCode()).isZero();
    assertThat(Run.of(session, "copy", "--missing").exitCode()).isZero();

    assertThat(session.supervised)
        .containsExactly(RunKind.VERIFY, RunKind.VERIFY, RunKind.RESTORE, RunKind.COPY);
    assertThat(session.open).isZero();
  }

  @Test
  void a_plan_is_no_run_and_neither_is_a_look() {
    session.restored = new RestoreBackup.Result("set", "here", List.of(), false);

    Run plan = Run.of(session, "restore", "all", "latest", "--dry-run", "--json");
    Run copy = Run.of(session, "copy", "--missing", "--dry-run", "--json");
    Run.of(session, "list");

    assertThat(session.supervised).isEmpty();
    assertThat(plan.out()).contains("\"run\" : null", "\"exitCode\" : 0");
    assertThat(copy.out()).contains("\"run\" : null", "\"exitCode\" : 0");
    assertThat(session.open).isZero();
  }

  @Test
  void a_wrong_configuration_is_a_run_that_failed() {
    session.failWith(new ConfigurationFailure("the configuration has a problem", "correct it"));

    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(10);

    assertThat(session.supervised).containsExactly(RunKind.BACKUP);
  }

  @Test
  void a_wrong_command_line_is_no_run() {
    assertThat(Run.of(session, "backup", "--nonsense").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "copy").exitCode()).isEqualTo(2);

    assertThat(session.supervised).isEmpty();
  }

  @Test
  void what_spoils_a_run_afterwards_is_in_its_exit_code_and_its_document() {
    session.spoiltBy = List.of("hook after (thaw) failed with exit code 1");

    Run run = Run.of(session, "restore", "all", "latest", "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "\"run\" : \"20251006_020000-restore-4711\"",
            "hook after (thaw) failed with exit code 1",
            "\"exitCode\" : 3");
  }
}
