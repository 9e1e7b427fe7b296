package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.domain.history.RunKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksReaderTest {

  private static final String SMALLEST =
      """
      volumes: {}
      storage:
        local: {url: "file:///backups"}
      """;

  @TempDir private Path folder;

  @Test
  void a_program_is_a_path_a_list_or_a_list_of_lists() {
    assertThat(
            read(
                """
                hooks:
                  backup:
                    before: ["/bin/freeze", "--now", "a b"]
                    after: /bin/thaw
                    on-failure: [["/bin/thaw"], ["sh", "-c", "echo ${X} $HOLDFAST_ERROR"]]
                    timeout: 90s
                  restore: {after: [["one"], two]}
                """))
        .isEqualTo(
            Map.of(
                RunKind.BACKUP,
                new RunHooks(
                    List.of(List.of("/bin/freeze", "--now", "a b")),
                    List.of(List.of("/bin/thaw")),
                    List.of(List.of("/bin/thaw"), List.of("sh", "-c", "echo ${X} $HOLDFAST_ERROR")),
                    Duration.ofSeconds(90)),
                RunKind.RESTORE,
                new RunHooks(
                    List.of(),
                    List.of(List.of("one"), List.of("two")),
                    List.of(),
                    RunHooks.USUAL_TIMEOUT)));
    assertThat(read("")).isEmpty();
  }

  @Test
  void a_line_for_a_shell_is_a_problem_that_says_how_to_write_it() {
    assertThat(problems("hooks: {backup: {before: \"freeze --now\"}}"))
        .contains(
            "hooks.backup.before: expected a program and its arguments as a list",
            "[\"sh\", \"-c\", \"...\"]",
            "\"freeze --now\"");
  }

  @Test
  void a_secret_cannot_become_an_argument() {
    assertThat(problems("hooks: {backup: {after: [notify, \"--token=${env:TOKEN}\"]}}"))
        .contains("hooks.backup.after[1]: a reference would show in the program's arguments");
  }

  @Test
  void what_is_no_program_is_a_problem() {
    assertThat(
            problems(
                """
                hooks:
                  backup: {before: [], after: {a: b}, on-failure: [[""]], timeout: soon}
                  verify: {before: x}
                """))
        .contains(
            "hooks.backup.before: expected a program",
            "hooks.backup.after: expected a program",
            "hooks.backup.on-failure: expected a program",
            "hooks.backup.timeout: expected a duration",
            "hooks.verify: unknown key");
  }

  private Map<RunKind, RunHooks> read(String hooks) {
    LoadedConfig loaded = load(hooks);
    loaded.problems().throwIfAny();
    return loaded.config().lifecycle().hooks();
  }

  private String problems(String hooks) {
    Throwable thrown = catchThrowable(() -> load(hooks).problems().throwIfAny());
    assertThat(thrown).isInstanceOf(ConfigurationFailure.class);
    return String.valueOf(thrown.getMessage());
  }

  private LoadedConfig load(String hooks) {
    Path file = folder.resolve("holdfast.yaml");
    try {
      Files.writeString(file, SMALLEST + hooks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConfigLoader(
            TestSurroundings.of(folder, Map.of()), TestSchemes.of("file"), TestCron.FIELDS)
        .load(file, Needs.everything());
  }
}
