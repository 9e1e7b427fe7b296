package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonLogTest {

  private static final Instant TWO = Instant.parse("2025-10-06T02:00:00Z");
  private static final RunId RUN = new RunId("20251006_020000-backup-4711");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void every_event_is_an_object_on_a_line_of_its_own() {
    tellAll(false, false);

    assertThat(lines())
        .containsExactly(
            line("info", "run-started", "backup begins"),
            line("info", "task-started", "backup a", "\"task\":\"backup a\",\"totalBytes\":8"),
            line("info", "task-started", "backup b", "\"task\":\"backup b\",\"totalBytes\":null"),
            line("info", "task-ended", "backup a has ended", "\"task\":\"backup a\",\"bytes\":7"),
            line(
                "info",
                "artifact-stored",
                "database main/umig_app_db is stored",
                "\"artifact\":\"database main/umig_app_db\",\"kind\":\"DATABASE\","
                    + "\"path\":\"databases/umig_app_db.dump\",\"storedBytes\":1572864,"
                    + "\"sourceBytes\":8388608,\"seconds\":1.25"),
            line("info", "note", "a note\\u001B[2J\\nof two lines"),
            line("warning", "warning", "a warning"),
            line("error", "problem", "a problem"));
  }

  @Test
  void debug_adds_details_and_quiet_leaves_errors() {
    tellAll(false, true);
    assertThat(lines()).contains(line("debug", "detail", "a detail"));

    err.reset();
    tellAll(true, false);
    assertThat(lines()).containsExactly(line("error", "problem", "a problem"));
  }

  @Test
  void no_bar_is_drawn_on_a_terminal() {
    tellAll(false, false);

    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\r", "\u001b");
  }

  @Test
  void a_failure_with_its_hint_is_one_line_too() {
    FakeSession session = new FakeSession();
    session.failWith(new ConfigurationFailure("it is wrong\nline 7\nline 8", "correct it"));

    Run run = Run.of(session, "list", "--log-format", "json");

    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err().lines())
        .containsExactly(
            "{\"time\":\"2025-10-06T02:00:00Z\",\"level\":\"error\",\"event\":\"failure\","
                + "\"run\":null,\"message\":\"it is wrong\",\"kind\":\"CONFIGURATION\","
                + "\"details\":[\"line 7\",\"line 8\"],\"hint\":\"correct it\",\"exitCode\":10}");
  }

  @Test
  void a_stack_trace_and_a_command_line_that_is_wrong_are_lines_too() {
    FakeSession session = new FakeSession();
    session.failure = new IllegalStateException("a bug");

    assertThat(Run.of(session, "list", "--debug", "--log-format=JSON").err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"time\"") && line.endsWith("}"));
    assertThat(Run.of(session, "--log-format", "json", "lost").err().lines())
        .singleElement()
        .asString()
        .contains("\"kind\":\"USAGE\"", "\"exitCode\":2");
  }

  @Test
  void another_format_is_wrong_usage() {
    Run run = Run.of(new FakeSession(), "list", "--log-format", "xml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("holdfast: error:");
  }

  @Test
  void text_is_lines_on_a_terminal_too() {
    Console console = console();
    try (Progress progress = Progress.on(console, false, false, false, false)) {
      progress.on(new BackupEvent.TaskStarted("backup a", OptionalLong.empty()));
      progress.on(new BackupEvent.Note("a note"));
    }

    assertThat(lines()).containsExactly("backup a", "a note");
  }

  private void tellAll(boolean quiet, boolean debug) {
    Console console = console();
    console.logAsJson(InstantSource.fixed(TWO));
    try (Progress progress = Progress.on(console, true, quiet, debug, true)) {
      progress.on(
          new BackupEvent.RunStarted(
              new io.holdfast.domain.history.Run(RUN, RunKind.BACKUP, TWO, Optional.empty())));
      progress.on(new BackupEvent.TaskStarted("backup a", OptionalLong.of(8)));
      progress.on(new BackupEvent.TaskStarted("backup b", OptionalLong.empty()));
      progress.on(new BackupEvent.TaskAdvanced("backup a", 4));
      progress.on(new BackupEvent.TaskAdvanced("backup a", 3));
      progress.on(new BackupEvent.TaskEnded("backup a"));
      progress.on(new BackupEvent.ArtifactStored(Samples.DATABASE));
      progress.on(new BackupEvent.Note("a note\u001b[2J\nof two lines"));
      progress.on(new BackupEvent.Warning("a warning"));
      progress.warn("a warning");
      progress.on(new BackupEvent.Problem("a problem"));
      progress.on(new BackupEvent.Detail("a detail"));
    }
  }

  private Console console() {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, new Console.Terminal(true, true, 80, true));
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String line(String level, String event, String message, String... more) {
    return "{\"time\":\"2025-10-06T02:00:00Z\",\"level\":\""
        + level
        + "\",\"event\":\""
        + event
        + "\",\"run\":\"20251006_020000-backup-4711\",\"message\":\""
        + message
        + "\""
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }
}
