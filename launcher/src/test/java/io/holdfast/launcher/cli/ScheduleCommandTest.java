package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.schedule.TimerUnits.Change;
import io.holdfast.application.port.out.schedule.TimerUnits.State;
import io.holdfast.launcher.config.TestSurroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleCommandTest {

  private final FakeSession session = new FakeSession();
  private final FakeScheduling scheduling = session.scheduling;

  @Test
  void show_tells_of_each_entry_when_it_is_run_next_and_who_sees_to_it() {
    scheduling.states.put("backup", State.ACTIVE);

    Run run = Run.of(session, "schedule", "show");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            ENTRY   AT          NEXT              UNITS             RUNS
            backup  0 2 * * *   2026-11-23 02:00  ACTIVE            holdfast backup --wait 1h
            verify  0 4 30 2 *  never             INSTALLED (user)  holdfast verify all

            by the clock of Europe/Zurich; each up to 5 min 0 s later
            """);
  }

  @Test
  void show_has_a_document_for_programs() {
    Run run = Run.of(session, "schedule", "show", "--json");

    assertThat(run.out())
        .contains("\"command\" : \"schedule show\"")
        .contains("\"jitterSeconds\" : 300.0")
        .contains("\"next\" : \"2026-11-23T01:00:00Z\"")
        .contains("\"next\" : null")
        .contains("\"systemUnits\" : \"NOT_INSTALLED\"")
        .contains("\"userUnits\" : \"INSTALLED\"");
  }

  @Test
  void install_tells_what_it_has_changed_and_what_an_operator_should_know() {
    scheduling.change =
        new Change(
            List.of("holdfast-backup.timer"),
            List.of("holdfast-backup.service"),
            List.of("holdfast-prune.timer"),
            List.of("systemd is not running here"));

    Run run = Run.of(session, "schedule", "install", "--user");

    assertThat(scheduling.asked).containsExactly("install true");
    assertThat(run.out())
        .isEqualTo(
            """
            wrote /units/holdfast-backup.timer
            unchanged /units/holdfast-backup.service
            removed /units/holdfast-prune.timer
            next: `holdfast schedule show`
            """);
    assertThat(run.err()).isEqualTo("warning: systemd is not running here\n");
  }

  @Test
  void print_installs_nothing() {
    Run run = Run.of(session, "schedule", "install", "--print");

    assertThat(scheduling.asked).containsExactly("draft");
    assertThat(run.out()).isEqualTo("# /units/holdfast-backup.timer\n[Timer]\n\n");
  }

  @Test
  void remove_takes_away_what_is_there() {
    assertThat(Run.of(session, "schedule", "remove").out())
        .isEqualTo("there is nothing of Holdfast's in /units\n");
    scheduling.change =
        new Change(List.of(), List.of(), List.of("holdfast-backup.timer"), List.of());
    assertThat(Run.of(session, "schedule", "remove").out())
        .isEqualTo("removed /units/holdfast-backup.timer\n");
    assertThat(scheduling.asked).containsExactly("remove false", "remove false");
  }

  @Test
  void run_passes_on_what_its_runs_say() {
    Run run = Run.of(session, "schedule", "run", "--quiet");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("a result\n");
    assertThat(run.err()).isEqualTo("a line\n");
    assertThat(scheduling.asked).containsExactly(List.of("--quiet"));
    assertThat(Run.of(session, "schedule", "run", "--json").exitCode()).isEqualTo(2);
  }

  @Test
  void the_arguments_of_an_entry_are_those_of_the_command() {
    assertThat(misuse("backup", "databases", "--only", "a", "--wait=5m")).isEmpty();
    assertThat(misuse("verify", "--bogus")).contains("--bogus");
    assertThat(misuse("backup", "everything")).contains("everything");
  }

  private String misuse(String... command) {
    return HoldfastCli.misuse(
            session, TestSurroundings.of(Path.of("/"), Map.of()), List.of(command))
        .orElse("");
  }
}
