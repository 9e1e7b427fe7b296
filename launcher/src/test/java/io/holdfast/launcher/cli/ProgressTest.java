package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.event.BackupEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void without_a_terminal_each_task_and_artifact_is_a_line() {
    tellAll(Console.Terminal.NONE, false, false);
    assertThat(said())
        .isEqualTo(
            """
            backup database app (8.0 MiB)
            a note
            warning: a warning\\x1b[2J
            error: a problem
            database main/umig_app_db: 1.5 MiB stored (19 % of 8.0 MiB) in 1.3 s
            """);
  }

  @Test
  void debug_adds_details() {
    tellAll(Console.Terminal.NONE, false, true);
    assertThat(said()).contains("debug: a detail\n");
  }

  @Test
  void quiet_leaves_errors() {
    tellAll(new Console.Terminal(true, true, 80, true), true, false);
    assertThat(said()).isEqualTo("error: a problem\n");
  }

  @Test
  void on_a_terminal_a_bar_is_drawn_on_one_line_and_taken_away() {
    tellAll(new Console.Terminal(true, true, 60, false), false, false);
    assertThat(said()).contains("a note\n").endsWith("\r\u001b[K");
    assertThat(said().lines().flatMap(line -> Pattern.compile("\r").splitAsStream(line)))
        .anyMatch(drawn -> drawn.contains("44/44 MiB"))
        .allMatch(drawn -> drawn.replace("\u001b[K", "").length() < 80);
  }

  @Test
  void a_warning_is_said_once() {
    Console console = console(Console.Terminal.NONE);
    try (Progress progress = Progress.on(console, true, false, false, false)) {
      progress.on(new BackupEvent.Warning("twice"));
      progress.warn("twice");
    }
    assertThat(said()).isEqualTo("warning: twice\n");
  }

  private void tellAll(Console.Terminal terminal, boolean quiet, boolean debug) {
    try (Progress progress = Progress.on(console(terminal), true, quiet, debug, false)) {
      String task = "backup database app";
      progress.on(new BackupEvent.TaskStarted(task, OptionalLong.of(8 << 20)));
      progress.on(new BackupEvent.TaskAdvanced(task, 4 << 20));
      progress.on(new BackupEvent.Note("a note"));
      progress.on(new BackupEvent.TaskAdvanced(task, 40 << 20));
      progress.on(new BackupEvent.Warning("a warning\u001b[2J"));
      progress.on(new BackupEvent.Problem("a problem"));
      progress.on(new BackupEvent.Detail("a detail"));
      progress.on(new BackupEvent.TaskEnded(task));
      progress.on(new BackupEvent.ArtifactStored(Samples.DATABASE));
    }
  }

  private Console console(Console.Terminal terminal) {
    PrintStream stream = new PrintStream(err, false, StandardCharsets.UTF_8);
    return new Console(stream, stream, terminal);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
