package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.drill.DrillAssertion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillConfigTest {

  @TempDir private Path folder;

  @Test
  void nothing_needs_to_be_said() throws IOException {
    assertThat(read("")).isEqualTo(DrillConfig.usual());
  }

  @Test
  void images_and_assertions_are_read() throws IOException {
    DrillConfig drill =
        read(
            """
            drill:
              image: {main: "docker.io/library/postgres:15"}
              folder: scratch
              assertions:
                - {name: orders, sql: sql/orders.sql, database: main/shop}
                - {name: plain, sql: /plain.sql, database: a/b}
                - {name: look, command: [look, --all], timeout: 2m}
                - {name: inside, command: [psql, -l], cluster: main}
            """);

    assertThat(drill.images()).containsExactly(Map.entry("main", "docker.io/library/postgres:15"));
    assertThat(drill.folder()).isEqualTo(folder.resolve("scratch"));
    assertThat(drill.assertions())
        .containsExactly(
            new DrillAssertion.Sql(
                "orders", folder.resolve("sql/orders.sql"), Optional.of("main"), "shop"),
            new DrillAssertion.Sql("plain", Path.of("/plain.sql"), Optional.empty(), "a/b"),
            new DrillAssertion.Program(
                "look", List.of("look", "--all"), Optional.empty(), Duration.ofMinutes(2)),
            new DrillAssertion.Program(
                "inside", List.of("psql", "-l"), Optional.of("main"), Duration.ofMinutes(5)));
  }

  @Test
  void what_makes_no_sense_is_told() throws IOException {
    assertThat(
            problems(
                """
                drill:
                  image: {other: postgres, main: "--privileged"}
                  assertions:
                    - {sql: a.sql, database: shop}
                    - {name: both, sql: a.sql, database: shop, command: [a]}
                    - {name: neither}
                    - {name: where, sql: a.sql}
                    - {name: secret, command: [a, "${env:PASSWORD}"]}
                    - plain
                    - {name: odd, command: [a], cluster: gone, timout: 1m}
                """))
        .contains("drill.image.other: there is no cluster other under postgres:")
        .contains("drill.image.main: expected an image such as")
        .contains("drill.assertions[0]: has no name")
        .contains("drill.assertions[1]: expected either sql: with a file or command:")
        .contains("drill.assertions[2]: expected either sql: with a file or command:")
        .contains("drill.assertions[3]: says no database")
        .contains("drill.assertions[4].command[1]: a reference would show")
        .contains("drill.assertions[5]: expected keys and values")
        .contains("drill.assertions[6].cluster: there is no cluster gone")
        .contains("drill.assertions[6].timout: unknown key; did you mean timeout?");
  }

  private DrillConfig read(String drill) throws IOException {
    LoadedConfig loaded = load(drill);
    loaded.problems().throwIfAny();
    return loaded.config().lifecycle().drill();
  }

  private String problems(String drill) throws IOException {
    return load(drill).problems().all().stream()
        .map(problem -> problem.toString() + "\n")
        .collect(Collectors.joining());
  }

  private LoadedConfig load(String drill) throws IOException {
    Path file = folder.resolve("holdfast.yaml");
    Files.writeString(
        file, "postgres: {main: {user: admin}}\nstorage: {local: {url: \"file:///b\"}}\n" + drill);
    return new ConfigLoader(
            TestSurroundings.of(folder, Map.of()), TestSchemes.of("file"), TestCron.FIELDS)
        .load(file, Needs.storage(Optional.empty()));
  }
}
