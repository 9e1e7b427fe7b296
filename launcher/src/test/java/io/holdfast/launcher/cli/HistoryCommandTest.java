package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.in.ShowHistory.PastRun;
import io.holdfast.application.port.in.ShowHistory.State;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryCommandTest {

  private static final Instant TWO = Instant.parse("2025-10-06T02:00:00Z");
  private static final RunFacts FACTS =
      new RunFacts(
          List.of(new SetId(TWO)),
          List.of(
              new ArtifactFact("volume v", 2048, 4096, 1.5, Optional.empty()),
              new ArtifactFact("database main/a", 0, 0, 0, Optional.of("it is gone"))),
          List.of(new TargetFact("local", Optional.empty())),
          List.of("one warning"));

  private final FakeSession session = new FakeSession();

  @BeforeEach
  void runSome() {
    add(RunKind.BACKUP, "4", Optional.empty(), State.RUNNING);
    add(RunKind.BACKUP, "3", Optional.empty(), State.KILLED);
    add(RunKind.BACKUP, "2", Optional.of(ending(3, Optional.empty(), FACTS)), State.ENDED);
    add(
        RunKind.VERIFY,
        "1",
        Optional.of(ending(13, Optional.of("x is damaged\ny too"), RunFacts.NONE)),
        State.ENDED);
    session.history.log.add(new LogLine(TWO, "warning", "look \u001b[2Jhere"));
    session.history.log.add(new LogLine(TWO, "info", "done"));
  }

  @Test
  void runs_are_listed_with_what_came_of_them() {
    assertThat(Run.of(session, "history").out().lines())
        .containsExactly(
            "RUN                       COMMAND  STARTED                     TOOK  OUTCOME  EXIT  SETS"
                + "             WHAT FAILED",
            "20251006_020000-backup-4  backup   2025-10-06T02:00:00Z              RUNNING",
            "20251006_020000-backup-3  backup   2025-10-06T02:00:00Z              KILLED",
            "20251006_020000-backup-2  backup   2025-10-06T02:00:00Z  1 min 30 s  PARTIAL     3"
                + "  20251006_020000  database main/a: it is gone",
            "20251006_020000-verify-1  verify   2025-10-06T02:00:00Z  1 min 30 s  FAILED     13"
                + "                   x is damaged; y too");
  }

  @Test
  void a_number_and_a_command_make_the_list_shorter() {
    assertThat(Run.of(session, "history", "--last", "1").out())
        .contains("backup-4")
        .doesNotContain("backup-3");
    assertThat(Run.of(session, "history", "--command", "verify").out())
        .contains("verify-1")
        .doesNotContain("backup");
  }

  @Test
  void one_run_tells_all_of_it_and_nothing_that_a_terminal_would_obey() {
    assertThat(Run.of(session, "history", "20251006_020000-backup-2").out())
        .contains(
            "PARTIAL  20251006_020000-backup-2",
            "exit code  3",
            "FAILED     database main/a: it is gone",
            "ok         volume v, 2.0 KiB in 1.5 s",
            "ok         target local",
            "warning: one warning",
            "2025-10-06T02:00:00Z warning  look \\x1b[2Jhere",
            "2025-10-06T02:00:00Z info     done");
  }

  @Test
  void a_list_in_json_keeps_its_shape() {
    assertThat(Run.of(session, "history", "--json", "--command", "verify").out())
        .isEqualTo(
            """
            {
              "command" : "history",
              "runs" : [
                {
                  "run" : "20251006_020000-verify-1",
                  "command" : "verify",
                  "started" : "2025-10-06T02:00:00Z",
                  "finished" : "2025-10-06T02:01:30Z",
                  "seconds" : 90.0,
                  "outcome" : "FAILED",
                  "exitCode" : 13,
                  "sets" : [ ],
                  "failure" : "x is damaged\\ny too",
                  "hint" : "a hint",
                  "failed" : [ ],
                  "warnings" : [ ]
                }
              ],
              "exitCode" : 0
            }
            """);
    assertThat(Run.of(session, "history", "--json", "20251006_020000-backup-2").out())
        .contains("\"log\" : [", "\"storedBytes\" : 2048", "\"target\" : \"local\"");
    assertThat(Run.of(session, "history", "--json", "20251006_020000-backup-3").out())
        .contains("\"outcome\" : \"KILLED\"", "\"seconds\" : null", "\"finished\" : null");
  }

  @Test
  void it_needs_no_configuration_that_is_right() {
    session.failWith(new ConfigurationFailure("the configuration has a problem", "correct it"));

    assertThat(Run.of(session, "history").exitCode()).isZero();
  }

  @Test
  void what_is_no_run_no_command_or_no_number_is_wrong_usage() {
    assertThat(Run.of(session, "history", "nonsense").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "history", "20010101_000000-backup-1").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "history", "--last", "0").exitCode()).isEqualTo(2);
    Run wrong = Run.of(session, "history", "--command", "list");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("backup|verify|restore");
  }

  @Test
  void an_empty_history_says_so() {
    session.history.runs.clear();

    assertThat(Run.of(session, "history").out()).isEqualTo("no run is remembered on this host\n");
  }

  private void add(RunKind kind, String pid, Optional<RunEnding> ending, State state) {
    RunId id = new RunId("20251006_020000-" + kind.command() + "-" + pid);
    session.history.runs.add(
        new PastRun(new io.holdfast.domain.history.Run(id, kind, TWO, ending), state));
  }

  private static RunEnding ending(int exitCode, Optional<String> failure, RunFacts facts) {
    return new RunEnding(
        TWO.plusSeconds(90),
        RunOutcome.ofExitCode(exitCode),
        exitCode,
        failure,
        failure.isPresent() ? "a hint" : "",
        facts);
  }
}
