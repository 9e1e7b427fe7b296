package io.holdfast.example.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it was built, dropped into a Holdfast as it was built: nothing else is needed. */
class DroppedInIT {

  private static final Path JAR = Path.of(System.getProperty("plugin.jar", "none"));
  private static final Path BUILT = Path.of(System.getProperty("launcher.folder", "none"));

  @TempDir private Path folder;

  private final String volume = "hf-webdav-" + UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, String> environment = new TreeMap<>();
  private DavServer server;

  @BeforeEach
  void begin() throws Exception {
    server = DavServer.apache();
    run("podman", "volume", "create", volume).ok();
    Path data =
        Path.of(
            run("podman", "volume", "inspect", "--format", "{{.Mountpoint}}", volume).ok().strip());
    Files.writeString(data.resolve("precious"), "saved\n");
    environment.put("HOLDFAST_JAVA", System.getProperty("java.home") + "/bin/java");
    environment.put("HOLDFAST_STATE", folder.resolve("state").toString());
    environment.put("HOLDFAST_CONFIG", configuration("webdav").toString());
    // The password comes by an environment variable: it is on no command line and in no file.
    environment.put("DAV_PASSWORD", server.password());
  }

  @AfterEach
  void end() throws Exception {
    run("podman", "volume", "rm", "--force", volume);
    server.close();
  }

  @Test
  void a_jar_in_the_folder_of_plugins_keeps_shows_verifies_and_restores_a_set() throws Exception {
    Path holdfast = installation();
    Files.copy(JAR, holdfast.resolve("plugins").resolve(JAR.getFileName()));
    roundTrip(holdfast);
  }

  @Test
  void a_jar_that_an_environment_variable_names_does_so_too() throws Exception {
    environment.put("HOLDFAST_PLUGINS", JAR.toString());
    roundTrip(BUILT);
  }

  @Test
  void without_the_jar_the_scheme_is_unknown() throws Exception {
    assertThat(holdfast(BUILT, "list").exit()).isEqualTo(10);
    assertThat(holdfast(BUILT, "list").err()).contains("no storage plugin serves webdav urls");
  }

  @Test
  void the_jar_twice_is_told_at_start_with_both_names() throws Exception {
    Path holdfast = installation();
    Files.copy(JAR, holdfast.resolve("plugins/one.jar"));
    Files.copy(JAR, holdfast.resolve("plugins/two.jar"));
    Ended ended = holdfast(holdfast, "list");
    assertThat(ended.exit()).isEqualTo(10);
    assertThat(ended.err())
        .contains("two storage plugins serve webdav urls", "plugins/one.jar", "plugins/two.jar")
        .contains(WebDavProvider.class.getName());
    assertThat(holdfast(holdfast, "--version").exit()).isZero();
  }

  @Test
  void the_class_data_archive_is_still_taken() throws Exception {
    Path holdfast = installation();
    Files.copy(JAR, holdfast.resolve("plugins").resolve(JAR.getFileName()));
    environment.put("HOLDFAST_JAVA_OPTS", "-Xshare:on");
    assertThat(holdfast(holdfast, "list").exit()).isZero();
  }

  @Test
  void a_wrong_password_a_wrong_path_and_a_dead_server_are_told() throws Exception {
    environment.put("HOLDFAST_PLUGINS", JAR.toString());
    environment.put("DAV_PASSWORD", "wr0ng");
    Ended refused = holdfast(BUILT, "backup");
    assertThat(refused.exit()).isEqualTo(12);
    assertThat(refused.err()).contains("does not accept user and password", "HTTP 401", "hint: ");
    assertThat(refused.err()).doesNotContain("wr0ng");
    server.close();
    Ended dead = holdfast(BUILT, "list");
    assertThat(dead.exit()).isEqualTo(12);
    assertThat(dead.err()).contains("no connection", "hint: ").doesNotContain("\tat ");
  }

  private void roundTrip(Path holdfast) throws Exception {
    assertThat(holdfast(holdfast, "check").exit()).isZero();
    holdfast(holdfast, "backup").ok();
    assertThat(holdfast(holdfast, "list").ok()).contains("COMPLETE");
    holdfast(holdfast, "verify", "latest", "--deep").ok();
    run("podman", "volume", "rm", volume).ok();
    holdfast(holdfast, "restore", "volumes", "latest").ok();
    String mount =
        run("podman", "volume", "inspect", "--format", "{{.Mountpoint}}", volume).ok().strip();
    assertThat(Path.of(mount, "precious")).hasContent("saved\n");
    try (Stream<Path> sets = Files.list(server.folder("host"))) {
      Path set =
          sets.filter(each -> each.getFileName().toString().matches("\\d{8}_\\d{6}"))
              .findFirst()
              .orElseThrow();
      run("sh", "-c", "cd '" + set + "' && sha256sum --strict --quiet -c checksums.sha256").ok();
    }
  }

  /** With its times: the class-data archive fits jars of that very time. */
  private Path installation() throws Exception {
    run("cp", "-a", BUILT.toString(), folder.resolve("holdfast").toString()).ok();
    return folder.resolve("holdfast");
  }

  private Path configuration(String scheme) throws IOException {
    return Files.writeString(
        folder.resolve("holdfast.yaml"),
        """
        volumes: {include: [%s]}
        storage:
          cloud: {url: "%s://%s@127.0.0.1:%d/host/sets", password: "${env:DAV_PASSWORD}"}
        """
            .formatted(volume, scheme, DavServer.USER, server.port()));
  }

  private Ended holdfast(Path installation, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(installation + "/bin/holdfast"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private Ended run(String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int exit = builder.start().waitFor();
    return new Ended(
        List.of(command),
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Ended(List<String> command, int exit, String out, String err) {
    String ok() {
      assertThat(exit).as(command + "\n" + out + err).isZero();
      return out;
    }
  }
}
