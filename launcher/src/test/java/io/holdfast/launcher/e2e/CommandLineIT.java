package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line and the configuration: what is wrong is told whole, before anything is done. */
class CommandLineIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Outcome holdfast(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Needs.launcher().toString()));
    command.addAll(List.of(arguments));
    return shell().run(command);
  }

  private Shell shell() {
    return new Shell().in(folder).with("HOLDFAST_STATE", folder.resolve("state").toString());
  }

  private Outcome checkOf(String yaml) {
    Operator.write(folder.resolve("holdfast.yaml"), yaml);
    return holdfast("check");
  }

  @Test
  void version_and_help_go_to_stdout_and_exit_0() {
    assertThat(holdfast("--version").ok().stdout()).containsPattern("\\d+\\.\\d+");
    assertThat(holdfast("--help").ok().stdout())
        .contains("backup", "list", "show", "verify", "restore", "init", "check", "Exit codes");
    for (String command : List.of("backup", "restore", "verify", "list", "show", "init", "check")) {
      assertThat(holdfast(command, "--help").ok().stdout()).contains(command);
    }
  }

  @Test
  void the_launcher_works_through_a_symbolic_link_from_any_folder() {
    Path link = folder.resolve("a link");
    Shell.call("ln", "-s", Needs.launcher().toString(), link.toString());
    shell().run(List.of(link.toString(), "--version")).ok();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bakup",
        "backup everything",
        "backup --no-such-option",
        "backup --tag",
        "restore",
        "restore all",
        "restore nothing latest",
        "show",
        "list extra",
      })
  void wrong_usage_exits_2_and_says_what_is_right(String line) {
    Outcome outcome = holdfast(line.isEmpty() ? new String[0] : line.split(" "));
    outcome.exits(2);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).isNotBlank();
  }

  @Test
  void every_problem_of_a_configuration_is_told_at_once_with_its_key_and_line() {
    Outcome outcome =
        checkOf(
            """
            host: hf-e2e
            postgres:
              main:
                host: 127.0.0.1
                port: many
                user: hf_admin
                password: hf-e2e-literal-secret
                databasse: {include: ["*"]}
                tools: contaner:pg
            volumes:
              compression: lzma
            storage:
              local: {url: "ftp://somewhere"}
            retenton: {daily: 7}
            jobs: -1
            """);
    outcome.exits(10);
    assertThat(outcome.stdout()).isEmpty();
    String told = outcome.stderr();
    assertThat(told).doesNotContain("hf-e2e-literal-secret");
    assertThat(told)
        .containsPattern(":5\\b.*port")
        .containsPattern(":7\\b.*password")
        .containsPattern(":8\\b.*databasse.*databases")
        .containsPattern(":9\\b.*tools")
        .containsPattern(":11\\b.*compression")
        .containsPattern(":13\\b.*ftp")
        .containsPattern(":14\\b.*retenton.*retention")
        .containsPattern(":15\\b.*jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"backup", "list", "verify latest", "restore all latest", "check", "show latest"})
  void a_literal_secret_stops_every_command(String line) {
    Operator.write(
        folder.resolve("holdfast.yaml"),
        """
        postgres: {main: {host: 127.0.0.1, port: 1, user: a, password: "hf-e2e-literal-secret"}}
        storage: {local: {url: "file://%s"}}
        """
            .formatted(folder.resolve("target")));
    Outcome outcome = holdfast(line.split(" ")).exits(10);
    assertThat(outcome.told()).contains("password").doesNotContain("hf-e2e-literal-secret");
  }

  @Test
  void a_reference_to_nothing_is_told_and_the_file_must_be_there_and_be_yaml() {
    checkOf(
            """
            postgres: {main: {host: 127.0.0.1, port: 1, user: a, password: "${env:HF_E2E_UNSET}"}}
            storage: {local: {url: "file:///tmp/hf-e2e-none"}}
            """)
        .exits(10)
        .tells("HF_E2E_UNSET");
    checkOf(
            """
            postgres: {main: {host: 127.0.0.1, port: 1, user: a, password: "${file:/hf-e2e/none}"}}
            storage: {local: {url: "file:///tmp/hf-e2e-none"}}
            """)
        .exits(10)
        .tells("/hf-e2e/none");
    checkOf("storage: {local: [\n").exits(10);
    checkOf("").exits(10).tells("empty");
    checkOf("host: a\n").exits(10).tells("storage");
    checkOf("host: a\nhost: b\nstorage: {local: {url: \"file:///tmp/hf-e2e-none\"}}\n")
        .exits(10)
        .tells("host");
    holdfast("check", "--config", "no-such-file.yaml").exits(10).tells("no-such-file.yaml");
  }

  @Test
  void a_configuration_is_looked_for_where_it_is_promised() throws Exception {
    Path xdg = folder.resolve("xdg/holdfast");
    Path here = folder.resolve("holdfast.yaml");
    Path named = folder.resolve("named.yaml");
    Files.createDirectories(xdg);
    for (Path file : List.of(xdg.resolve("holdfast.yaml"), here, named)) {
      Operator.write(
          file,
          "wrong-in-" + folder.relativize(file).getNameCount() + file.getFileName() + ": 1\n");
    }
    List<String> check = List.of(Needs.launcher().toString(), "check");
    Shell shell = shell().with("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    shell.run(check).exits(10).tells(here.toString());
    shell.with("HOLDFAST_CONFIG", named.toString()).run(check).exits(10).tells(named.toString());
    Files.delete(here);
    shell()
        .with("XDG_CONFIG_HOME", folder.resolve("xdg").toString())
        .run(check)
        .exits(10)
        .tells(xdg.toString());
  }

  @Test
  void an_unknown_target_is_told() {
    Operator operator = new Operator(folder);
    operator.holdfast("list", "--target", "nowhere").exits(10).tells("nowhere", "local");
  }
}
