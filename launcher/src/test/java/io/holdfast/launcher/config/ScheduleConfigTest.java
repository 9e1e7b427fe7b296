package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleConfigTest {

  @TempDir private Path folder;

  @Test
  void each_command_has_its_usual_arguments() throws IOException {
    ScheduleConfig schedule =
        read(
            """
            schedule:
              backup: "0 2 * * *"
              verify: "0 4 * * *"
              prune: "0 5 * * 0"
              status: "*/15 * * * *"
            """);

    assertThat(schedule.entries())
        .containsExactly(
            new ScheduleEntry("backup", "0 2 * * *", List.of("--wait", "1h")),
            new ScheduleEntry("verify", "0 4 * * *", List.of("all", "--sample", "5%")),
            new ScheduleEntry("prune", "0 5 * * 0", List.of("--wait", "1h")),
            new ScheduleEntry("status", "*/15 * * * *", List.of("--notify")));
    assertThat(schedule.zone()).isEqualTo(ZoneId.of("Europe/Zurich"));
    assertThat(schedule.jitter()).isZero();
    assertThat(schedule.catchUp()).isTrue();
  }

  @Test
  void arguments_are_the_operators_where_they_are_given() throws IOException {
    ScheduleConfig schedule =
        read(
            """
            schedule:
              zone: UTC
              jitter: 5m
              catch-up: false
              backup: {at: "0 2 * * *", arguments: ["databases", "--wait=5m"]}
              verify: {at: "0 4 * * *", arguments: []}
            """);

    assertThat(schedule.entries())
        .containsExactly(
            new ScheduleEntry("backup", "0 2 * * *", List.of("databases", "--wait=5m")),
            new ScheduleEntry("verify", "0 4 * * *", List.of()));
    assertThat(schedule.entry("verify").orElseThrow().command()).containsExactly("verify");
    assertThat(schedule.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(schedule.jitter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(schedule.catchUp()).isFalse();
  }

  @Test
  void what_cannot_be_run_so_is_told() throws IOException {
    assertThat(
            problems(
                """
                schedule:
                  backup: {arguments: [all]}
                  verify: {at: soon, arguments: [wrong]}
                  prune: {at: "0 2 * * *", arguments: ["--config=other.yaml"]}
                  status: ["0 2 * * *"]
                  drill: "0 3 * * *"
                  jitter: 2d
                  catch-up: maybe
                  bakcup: "0 2 * * *"
                """))
        .isEqualTo(
            """
            F:4: schedule.backup: says no time; expected at: with five cron fields such as \
            "0 2 * * *", or @daily
            F:5: schedule.verify.at: expected five cron fields such as "0 2 * * *", or @daily, found "soon"
            F:5: schedule.verify.arguments: verify knows no 'wrong'
            F:6: schedule.prune.arguments: --config is not for an entry; expected options of prune
            F:7: schedule.status: expected keys and values, found a list
            F:9: schedule.jitter: expected a duration such as 90s or 5m, at most a day, found "2d"
            F:10: schedule.catch-up: expected true or false, found "maybe"
            F:11: schedule.bakcup: unknown key; did you mean backup? Known here: \
            zone, jitter, catch-up, backup, verify, prune, status, drill
            """);
  }

  private ScheduleConfig read(String schedule) throws IOException {
    LoadedConfig loaded = load(schedule);
    loaded.problems().throwIfAny();
    return loaded.config().lifecycle().schedule();
  }

  private String problems(String schedule) throws IOException {
    return load(schedule).problems().all().stream()
        .map(problem -> problem.toString().replace(folder + "/holdfast.yaml", "F") + "\n")
        .collect(Collectors.joining());
  }

  private LoadedConfig load(String schedule) throws IOException {
    Path file = folder.resolve("holdfast.yaml");
    Files.writeString(file, "volumes: {}\nstorage: {local: {url: \"file:///b\"}}\n" + schedule);
    return new ConfigLoader(
            TestSurroundings.of(folder, Map.of()), TestSchemes.of("file"), TestCron.FIELDS)
        .load(file, Needs.everything());
  }
}
