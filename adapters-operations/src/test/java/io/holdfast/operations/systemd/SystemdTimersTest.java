package io.holdfast.operations.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.schedule.TimerUnits.Change;
import io.holdfast.application.port.out.schedule.TimerUnits.Plan;
import io.holdfast.application.port.out.schedule.TimerUnits.State;
import io.holdfast.application.port.out.schedule.TimerUnits.TimedCommand;
import io.holdfast.application.port.out.schedule.TimerUnits.Unit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTimersTest {

  private static final TimedCommand BACKUP =
      new TimedCommand("backup", "0 2 * * *", List.of("backup", "--wait", "1h"), true);
  private static final TimedCommand VERIFY =
      new TimedCommand("verify", "0 4 * * *", List.of("verify", "--sample", "5%"), false);

  @TempDir private Path folder;

  private final List<String> called = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private String state = "running";
  private int exitCode;

  @Test
  void a_service_and_a_timer_are_written_for_each_command_and_the_timers_started() {
    Change change = timers().install(plan(BACKUP, VERIFY), cancellation);

    assertThat(change.written())
        .containsExactly(
            "holdfast-backup.service",
            "holdfast-backup.timer",
            "holdfast-verify.service",
            "holdfast-verify.timer");
    assertThat(change.remarks()).isEmpty();
    assertThat(called)
        .containsExactly(
            "systemctl is-system-running",
            "systemctl daemon-reload",
            "systemctl enable holdfast-backup.timer holdfast-verify.timer",
            "systemctl restart holdfast-backup.timer holdfast-verify.timer");
    assertThat(text("holdfast-backup.timer"))
        .contains(
            "\nOnCalendar=*-*-* 02:00:00 Europe/Zurich\nOnCalendar=2027-03-28 01:00:00 UTC\n",
            "\nPersistent=true\n",
            "\nRandomizedDelaySec=300s\n");
    assertThat(text("holdfast-verify.service"))
        .contains(
            "\nExecStart=\"/opt/my hold/fast\" --config \"/etc/a $$b/50%% \\\"x\\\".yaml\" verify"
                + " --sample 5%%\n",
            "\nEnvironment=HOLDFAST_STATE=/var/lib/holdfast\n",
            "\nEnvironmentFile=-/etc/a $b/environment\n",
            "\nNoNewPrivileges=yes\n",
            "\nProtectSystem=full\n",
            "\nKillMode=mixed\n");
    assertThat(text("holdfast-backup.service"))
        .doesNotContain("\nNoNewPrivileges=", "\nPrivateTmp=", "\nProtectSystem=");
  }

  @Test
  void to_install_again_changes_what_has_changed_and_removes_what_is_gone() {
    timers().install(plan(BACKUP, VERIFY), cancellation);
    called.clear();
    TimedCommand later = new TimedCommand("backup", "0 3 * * *", BACKUP.command(), true);

    assertThat(timers().install(plan(later), cancellation))
        .isEqualTo(
            new Change(
                List.of("holdfast-backup.timer"),
                List.of("holdfast-backup.service"),
                List.of("holdfast-verify.service", "holdfast-verify.timer"),
                List.of()));
    assertThat(called)
        .contains(
            "systemctl stop holdfast-verify.timer", "systemctl disable holdfast-verify.timer");
    assertThat(folder.resolve("holdfast-verify.timer")).doesNotExist();
    assertThat(timers().install(plan(later), cancellation).written()).isEmpty();
  }

  @Test
  void files_of_others_are_left_alone_and_told_before_anything_is_changed() throws IOException {
    Files.writeString(folder.resolve("holdfast-verify.timer"), "[Timer]\n");
    Files.writeString(folder.resolve("holdfast-other.service"), "[Service]\n");

    assertThatThrownBy(() -> timers().install(plan(BACKUP, VERIFY), cancellation))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("holdfast-verify.timer is in the way");
    assertThat(folder.resolve("holdfast-backup.service")).doesNotExist();
    assertThat(called).isEmpty();
    assertThat(timers().look(List.of("verify", "backup"), cancellation))
        .isEqualTo(Map.of("verify", State.FOREIGN, "backup", State.NOT_INSTALLED));

    timers().install(plan(BACKUP), cancellation);
    assertThat(timers().remove(cancellation).removed())
        .containsExactly("holdfast-backup.service", "holdfast-backup.timer");
    assertThat(folder.resolve("holdfast-verify.timer")).exists();
    assertThat(folder.resolve("holdfast-other.service")).exists();
  }

  @Test
  void the_schedule_of_another_configuration_is_not_overwritten() {
    timers().install(plan(BACKUP), cancellation);
    Plan other =
        new Plan(
            Path.of("/bin/holdfast"),
            Path.of("/etc/other.yaml"),
            Map.of(),
            ZoneId.of("UTC"),
            Duration.ZERO,
            true,
            List.of(BACKUP));

    assertThatThrownBy(() -> timers().install(other, cancellation))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("of another configuration");
  }

  @Test
  void where_systemd_does_not_run_the_timers_wait_for_it() {
    state = "offline";

    Change change = timers().install(plan(BACKUP), cancellation);

    assertThat(change.remarks()).singleElement().asString().contains("not running here");
    assertThat(called)
        .containsExactly("systemctl is-system-running", "systemctl enable holdfast-backup.timer");
    assertThat(timers().remove(cancellation).removed()).hasSize(2);
    assertThat(called).doesNotContain("systemctl stop holdfast-backup.timer");
  }

  @Test
  void what_systemd_refuses_is_told() {
    exitCode = 1;
    assertThatThrownBy(() -> timers().install(plan(BACKUP), cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("`systemctl daemon-reload` failed: refused");
  }

  @Test
  void a_timer_that_runs_is_active() {
    timers().install(plan(BACKUP), cancellation);
    assertThat(timers().look(List.of("backup"), cancellation))
        .isEqualTo(Map.of("backup", State.INSTALLED));
    state = "active";
    assertThat(timers().look(List.of("backup"), cancellation))
        .isEqualTo(Map.of("backup", State.ACTIVE));
  }

  @Test
  void timers_of_a_user_are_the_users() {
    SystemdTimers timers =
        new SystemdTimers(folder, true, new FakeSystemctl(), () -> Instant.EPOCH);

    Change change = timers.install(plan(BACKUP, VERIFY), cancellation);

    assertThat(called).allMatch(line -> line.startsWith("systemctl --user "));
    assertThat(change.remarks()).anyMatch(remark -> remark.contains("enable-linger"));
    assertThat(text("holdfast-verify.service")).doesNotContain("PrivateTmp=", "network-online");
  }

  @Test
  void a_zone_that_systemd_does_not_know_is_refused() {
    for (String zone : List.of("+02:00", "UTC+1", "Z")) {
      Plan plan =
          new Plan(
              Path.of("/h"),
              Path.of("/c"),
              Map.of(),
              ZoneId.of(zone),
              Duration.ZERO,
              true,
              List.of(BACKUP));
      assertThatThrownBy(() -> timers().draft(plan))
          .as(zone)
          .isInstanceOf(ConfigurationFailure.class);
    }
    assertThat(timers().draft(plan(BACKUP))).extracting(Unit::name).hasSize(2);
  }

  private SystemdTimers timers() {
    return new SystemdTimers(
        folder, false, new FakeSystemctl(), () -> Instant.parse("2026-11-22T12:00:00Z"));
  }

  private static Plan plan(TimedCommand... commands) {
    return new Plan(
        Path.of("/opt/my hold/fast"),
        Path.of("/etc/a $b/50% \"x\".yaml"),
        Map.of("HOLDFAST_STATE", "/var/lib/holdfast"),
        ZoneId.of("Europe/Zurich"),
        Duration.ofMinutes(5),
        true,
        List.of(commands));
  }

  private String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers every question with one word. */
  private final class FakeSystemctl implements CommandRunner {

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation ignored)
        throws IOException {
      called.add(String.join(" ", command.argv()));
      io.stdout().readFrom(new ByteArrayInputStream(state.getBytes(StandardCharsets.UTF_8)));
      return new CommandResult(exitCode, exitCode == 0 ? "" : "refused\n");
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation ignored) {
      return fromHost;
    }

    @Override
    public String place() {
      return "in a test";
    }
  }
}
