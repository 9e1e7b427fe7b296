package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code holdfast schedule}: in the foreground through outages, stops and new configurations, and
 * as units that systemd understands. The one case that waits for a minute of the clock begins
 * before the others and is looked at when its turn comes.
 */
class ScheduleIT {

  private static final String YEARLY = "0 0 1 1 *";
  private static final String MISSED = "backup\t2001-01-01T00:00:00Z\tSERVED\t%s UTC\n";

  @TempDir(deletionStrategy = ByShell.class)
  static Path shared;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private static Podman podman;
  private static String volume;
  private static SshServer server;
  private static Running minutely;

  /** Its first run, which was missed, comes at once, and finds that the target is away. */
  @BeforeAll
  static void beginToKeepAScheduleOfEveryMinute() throws IOException {
    podman = new Podman();
    volume = podman.volume("app");
    Shell.bash("echo hello > %s/file".formatted(Podman.folder(volume)));
    server = new SshServer(shared.resolve("ssh"), shared.resolve("sets"));
    server.kill();
    Operator operator = new Operator(shared).withoutTargets().volumes(volume);
    server.addTo(operator, "nas");
    minutely = keep(operator, "* * * * *", MISSED.formatted("* * * * *"));
  }

  @AfterAll
  static void end() {
    minutely.close();
    server.close();
    podman.close();
  }

  @Test
  void a_run_without_its_target_fails_and_the_next_minutes_run_makes_a_set() {
    await(minutely, () -> says(minutely, "backup ended with exit code 12 after"));
    assertThat(says(minutely, "The schedule goes on.")).isTrue();
    server.start();

    await(minutely, () -> says(minutely, "backup ended with exit code 0 after"));

    assertThat(server.published()).isNotEmpty();
    server.assertWhole(server.published().get(0), folder);
    assertThat(text(minutely.out())).contains("stored on nas");
    minutely.signal("TERM");
    minutely.await().exits(0);
    assertThat(minutely.session()).isEmpty();
  }

  @Test
  void what_was_missed_is_made_good_once_and_not_again_after_a_restart() throws IOException {
    Operator operator = new Operator(folder).volumes(volume);
    try (Running keeper = keep(operator, YEARLY, MISSED.formatted(YEARLY))) {
      await(keeper, () -> says(keeper, "backup ended with exit code 0 after"));
      operator.start("schedule", "run").await().exits(14);
      keeper.signal("INT");
      keeper.await().exits(0);
    }
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);

    try (Running keeper = operator.start("schedule", "run")) {
      await(keeper, () -> says(keeper, "next backup: "));
      keeper.signal("TERM");
      keeper.await().exits(0);
    }
    assertThat(operator.repository().folders()).containsExactly(set);
  }

  @Test
  void a_configuration_is_read_again_when_it_is_asked_for_and_kept_when_the_new_one_is_wrong()
      throws IOException {
    Operator operator = new Operator(folder).volumes(volume);
    try (Running keeper = keep(operator, YEARLY, "")) {
      await(keeper, () -> says(keeper, "-01-01T00:00:00Z"));
      String good = Files.readString(operator.config());
      Operator.write(operator.config(), good.replace(YEARLY, "never"));
      keeper.signal("HUP");
      await(keeper, () -> says(keeper, "was not taken, the former one is kept"));
      assertThat(text(keeper.err())).contains("schedule.backup: expected five cron fields");

      Operator.write(operator.config(), good.replace(YEARLY, "0 0 2 1 *"));
      keeper.signal("HUP");
      await(keeper, () -> says(keeper, "-01-02T00:00:00Z"));
      keeper.signal("TERM");
      keeper.await().exits(0);
    }
    assertThat(operator.repository().folders()).isEmpty();
  }

  @Test
  void a_stop_ends_the_run_at_work_in_order_and_the_next_start_repeats_it() throws IOException {
    String large = podman.volume("large");
    String container = podman.app("large", large);
    Shell.bash("head -c 150000000 /dev/urandom > %s/big".formatted(Podman.folder(large)));
    Operator operator =
        new Operator(folder).volumes(large).volumeSetting("pause: [" + container + "]");
    try (Running keeper = keep(operator, YEARLY, MISSED.formatted(YEARLY))) {
      await(keeper, () -> Podman.state(container).equals("paused"));

      keeper.signal("TERM");

      keeper.await().exits(0);
      assertThat(keeper.session()).isEmpty();
      assertThat(says(keeper, "backup was stopped; it is repeated at the next start.")).isTrue();
    }
    assertThat(Podman.state(container)).isEqualTo("running");
    assertThat(operator.repository().folders()).isEmpty();

    try (Running keeper = operator.start("schedule", "run")) {
      await(keeper, () -> says(keeper, "backup ended with exit code 0 after"));
      keeper.signal("TERM");
      keeper.await().exits(0);
    }
    operator.repository().assertWhole(operator.repository().onlySet());
  }

  @Test
  void systemd_understands_the_units_that_are_installed_and_they_are_removed_again() {
    Needs.programs("systemctl", "systemd-analyze");
    Operator operator =
        new Operator(folder)
            .volumes(volume)
            .environment("XDG_CONFIG_HOME", folder.resolve("xdg").toString())
            .setting(
                "schedule: {backup: \"30 2 * * *\", verify: \"@weekly\", zone: Europe/Zurich}");
    Path units = folder.resolve("xdg/systemd/user");

    String printed = operator.holdfast("schedule", "install", "--print").ok().stdout();
    operator.holdfast("schedule", "install", "--user").ok();

    assertThat(units.resolve("timers.target.wants/holdfast-backup.timer")).exists();
    Shell.bash(
        "cd %s && export XDG_RUNTIME_DIR=$PWD && systemd-analyze verify --user ./holdfast-*.*"
            .formatted(units));
    Path system = folder.resolve("system");
    Operator.write(folder.resolve("printed"), printed);
    Shell.bash(
        """
        mkdir %1$s; cd %1$s
        awk '/^# \\/etc\\/systemd\\/system\\// { sub(".*/", ""); name = $0; next } { print > name }' ../printed
        test "$(ls | wc -l)" = 4
        systemd-analyze verify --system ./holdfast-*.*
        """
            .formatted(system));
    assertThat(operator.holdfast("schedule", "show").ok().stdout())
        .contains("(user)")
        .contains("holdfast verify all --sample 5%");
    assertThat(operator.holdfast("schedule", "install", "--user").ok().stdout())
        .contains("unchanged")
        .doesNotContain("wrote");
    operator.holdfast("schedule", "remove", "--user").ok();
    assertThat(Shell.bash("find %s -name 'holdfast-*'".formatted(units))).isEmpty();
  }

  /** Starts to keep a schedule of backups. */
  private static Running keep(Operator operator, String cron, String remembered)
      throws IOException {
    operator.setting("schedule: {backup: \"" + cron + "\", zone: UTC}");
    if (!remembered.isEmpty()) {
      Files.createDirectories(operator.state());
      Operator.write(operator.state().resolve("schedule"), remembered);
    }
    return operator.start("schedule", "run");
  }

  private static void await(Running running, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 150_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (!running.isAlive()) {
        throw new AssertionError("ended too early: " + running.await().told());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain; so far:\n" + text(running.err()));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static boolean says(Running running, String words) {
    return text(running.err()).contains(words);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
