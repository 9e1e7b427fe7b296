package io.holdfast.operations.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.application.port.out.schedule.TimerUnits.Plan;
import io.holdfast.application.port.out.schedule.TimerUnits.TimedCommand;
import io.holdfast.application.port.out.schedule.TimerUnits.Unit;
import io.holdfast.operations.cron.CronTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write for systemd, read by systemd itself. */
class SystemdIT {

  private static final Pattern ELAPSE =
      Pattern.compile("(?:Next elapse|Iter\\. #\\d+): \\w+ (\\S+ \\S+) UTC");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int TIMES = 12;

  @TempDir private Path folder;

  @BeforeEach
  void needsSystemd() {
    // For hosts without it; .ci/run counts skipped integration tests and fails on any.
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "MISSING: systemd-analyze (apt-get install systemd)");
  }

  @Test
  void systemd_finds_nothing_wrong_with_the_units() throws Exception {
    for (boolean user : new boolean[] {false, true}) {
      Path launcher = Files.createDirectories(folder.resolve("a b$c%d")).resolve("hold fast");
      Files.writeString(launcher, "#!/bin/sh\n");
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
      Plan plan =
          new Plan(
              launcher,
              folder.resolve("50% \"of\" $HOME.yaml"),
              Map.of("HOLDFAST_STATE", "/var/lib/hold \"fast\" 5%"),
              ZoneId.of("Europe/Zurich"),
              Duration.ofMinutes(5),
              true,
              List.of(
                  new TimedCommand("backup", "30 2 13 * FRI", List.of("backup"), true),
                  new TimedCommand(
                      "verify", "@daily", List.of("verify", "--sample", "5%"), false)));
      SystemdTimers timers = new SystemdTimers(folder, user, new NoPrograms(), () -> Instant.EPOCH);
      List<String> argv = new ArrayList<>(List.of("systemd-analyze", "verify"));
      argv.add(user ? "--user" : "--system");
      for (Unit unit : timers.draft(plan)) {
        argv.add(Files.writeString(folder.resolve(unit.name()), unit.text()).toString());
      }
      assertThat(call(argv)).as("user: " + user).isEqualTo("0\n");
    }
  }

  @Test
  void systemd_elapses_at_the_same_moments() throws Exception {
    for (String base :
        List.of("2026-03-27T12:10:00Z", "2026-06-30T22:00:00Z", "2028-02-28T12:00:00Z")) {
      for (String cron :
          List.of(
              "0 2 * * *",
              "30 2 * * *",
              "*/10 2 * * *",
              "*/15 * * * *",
              "0 * * * *",
              "7 */6 * * *",
              "0 4 * * MON-FRI",
              "0 4 13 * 5",
              "15 3 1-7 */2 *",
              "0 0 29 2 *",
              "59 23 31 12 *",
              "0 2 */2 * 1",
              "@weekly",
              "@monthly",
              "5/20 1-3,22 * * 0")) {
        assertSameTimes(cron, Instant.parse(base));
      }
    }
  }

  private void assertSameTimes(String cron, Instant base) throws Exception {
    ZoneId zone = ZoneId.of("Europe/Zurich");
    CronTimes times = CronTimes.parse(cron, zone).orElseThrow();
    List<Instant> expected = new ArrayList<>();
    Instant at = base;
    for (int i = 0; i < TIMES; i++) {
      at = times.after(at).orElseThrow();
      expected.add(at);
    }
    TreeSet<Instant> elapses = new TreeSet<>();
    for (String line : CalendarEvents.of(times, zone, base)) {
      String told =
          call(
              List.of(
                  "systemd-analyze",
                  "calendar",
                  "--base-time=" + STAMP.format(base.atZone(ZoneOffset.UTC)) + " UTC",
                  "--iterations=" + (TIMES + 2),
                  line));
      Matcher elapse = ELAPSE.matcher(told);
      while (elapse.find()) {
        elapses.add(LocalDateTime.parse(elapse.group(1), STAMP).toInstant(ZoneOffset.UTC));
      }
    }
    assertThat(elapses.stream().limit(TIMES)).as(cron + " from " + base).isEqualTo(expected);
  }

  /** What a program wrote, after its exit code. */
  private static String call(List<String> argv) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putIfAbsent("XDG_RUNTIME_DIR", "/tmp");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + "\n" + text;
  }
}
