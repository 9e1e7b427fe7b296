package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.source.HostScout.Cluster;
import io.holdfast.application.port.out.source.HostScout.Sighting;
import io.holdfast.application.port.out.source.HostScout.Volume;
import io.holdfast.launcher.config.ConfigLoader;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.LoadedConfig;
import io.holdfast.launcher.config.Needs;
import io.holdfast.launcher.config.TestCron;
import io.holdfast.launcher.config.TestSchemes;
import io.holdfast.launcher.config.TestSurroundings;
import io.holdfast.launcher.config.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

  @TempDir private Path folder;

  private final FakeSession session = new FakeSession();

  @Test
  void what_it_writes_is_a_configuration_for_what_it_saw() throws IOException {
    session.sighting =
        new Sighting(
            List.of(
                new Cluster(
                    "umig_postgres",
                    "127.0.0.1",
                    5433,
                    Optional.of("umig_admin"),
                    Optional.of("umig_postgres")),
                new Cluster("main", "127.0.0.1", 5432, Optional.empty(), Optional.empty())),
            List.of(
                new Volume("umig_pgdata", List.of("umig_postgres"), true),
                new Volume("confluence_data", List.of("umig_confluence"), false)),
            List.of("rootless volumes of other users"));

    Run run = init();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("wrote " + file(), "2 PostgreSQL servers and 2 volumes");
    HoldfastConfig config =
        load(Map.of("PG_PASSWORD_UMIG_POSTGRES", "secret", "PG_PASSWORD_MAIN", "secret"));
    assertThat(config.clusters()).hasSize(2);
    assertThat(config.clusters().get(0).name()).isEqualTo("umig_postgres");
    assertThat(config.clusters().get(0).port()).isEqualTo(5433);
    assertThat(config.clusters().get(0).user()).contains("umig_admin");
    assertThat(config.clusters().get(0).tools()).isEqualTo(new Tools.InContainer("umig_postgres"));
    assertThat(config.clusters().get(1).tools()).isEqualTo(new Tools.OnHost());
    assertThat(config.volumes().orElseThrow().names().exclude()).containsExactly("umig_pgdata");
    assertThat(config.targets().get(0).url()).hasToString("file:///var/backups/holdfast");
    assertThat(Files.readString(file()))
        .contains("candidates: umig_confluence")
        .contains("# Not seen: rootless volumes of other users")
        .contains("no\n  # backup");
  }

  @Test
  void it_is_a_configuration_on_a_host_where_there_is_nothing_to_see() throws IOException {
    assertThat(init().exitCode()).isZero();
    assertThat(load(Map.of()).volumes()).isPresent();
  }

  @Test
  void no_name_breaks_out_of_its_line() throws IOException {
    String odd = "true: \"x\\\n# y\u0007 é";
    session.sighting =
        new Sighting(
            List.of(
                new Cluster(odd, "::1", 5432, Optional.of("null"), Optional.of("- a")),
                new Cluster(odd, "::1", 5433, Optional.of(odd), Optional.of("{b"))),
            List.of(new Volume("*data", List.of("a"), true)),
            List.of("line one\nstorage: {}"));
    assertThat(init().exitCode()).isZero();
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).noneMatch(line -> line.startsWith("storage: {}"));
    LoadedConfig loaded = loaded(Map.of());
    assertThat(loaded.config().volumes().orElseThrow().names().exclude()).containsExactly("*data");
    assertThat(loaded.config().clusters().get(1).user()).contains(odd);
  }

  @Test
  void the_file_is_its_owners_alone_and_nothing_else_is_left() throws IOException {
    init();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void a_file_that_exists_is_replaced_by_force_alone() throws IOException {
    Files.writeString(file(), "mine");
    Run refused = init();
    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("exists already", "--force");
    assertThat(file()).hasContent("mine");
    assertThat(init("--force").exitCode()).isZero();
    assertThat(Files.readString(file())).contains("storage:");
  }

  @Test
  void print_writes_to_stdout_and_nowhere_else() throws IOException {
    Run run = init("--print");
    assertThat(run.out()).contains("storage:").startsWith("#");
    assertThat(file()).doesNotExist();
    assertThat(init("--print", "--json").out()).contains("\"file\" : null", "\"yaml\" : \"#");
  }

  private Run init(String... more) {
    String[] arguments = Stream.concat(Stream.of("init"), Stream.of(more)).toArray(String[]::new);
    return Run.in(folder, session, Console.Terminal.NONE, arguments);
  }

  private Path file() {
    return folder.resolve("holdfast.yaml");
  }

  private HoldfastConfig load(Map<String, String> environment) {
    LoadedConfig loaded = loaded(environment);
    assertThat(loaded.problems().all()).isEmpty();
    return loaded.config();
  }

  private LoadedConfig loaded(Map<String, String> environment) {
    return new ConfigLoader(
            TestSurroundings.of(folder, environment), TestSchemes.of("file"), TestCron.FIELDS)
        .load(file(), Needs.everything());
  }
}
