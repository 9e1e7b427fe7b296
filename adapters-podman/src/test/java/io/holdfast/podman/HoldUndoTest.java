package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.podman.testing.RecordedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last podman of a killed run may still be at work when its hold is undone. */
@Timeout(60)
class HoldUndoTest {

  @TempDir private Path folder;

  private final String name = "hf-" + UUID.randomUUID();
  private final RecordedCommands commands = new RecordedCommands();
  private final List<Process> programs = new ArrayList<>();

  @AfterEach
  void endPrograms() {
    programs.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @EnumSource(HoldContainers.How.class)
  void nothing_is_undone_before_an_orphan_has_ended(HoldContainers.How how) throws IOException {
    orphan("podman", how == HoldContainers.How.PAUSED ? "pause" : "stop", name);

    undo(new HoldContainers(List.of(name), how));
  }

  @Test
  void nor_before_an_orphan_that_stops_its_unit() throws IOException {
    orphan("systemctl", "--user", "stop", name + ".service");

    undo(
        new HoldContainers(
            List.of(name), HoldContainers.How.STOPPED, Map.of(name, name + ".service"), List.of()));
  }

  @Test
  void a_program_that_only_has_the_container_in_its_arguments_is_not_waited_for()
      throws IOException {
    Process other = program("read -r line", "conmon", "-n", name);
    Files.createFile(ended());

    undo(new HoldContainers(List.of(name), HoldContainers.How.PAUSED));

    assertThat(other.isAlive()).isTrue();
  }

  private void undo(HoldContainers intent) {
    commands.answer("podman", "");
    commands.answer("podman info", "{}");
    commands.answer("systemctl", "");
    assertThat(new HoldUndo(new PodmanHost(new OnceEnded())).undo(intent, new Cancellation()))
        .contains(name);
    assertThat(commands.ran()).isNotEmpty();
  }

  private void orphan(String... words) throws IOException {
    program("sleep 0.3; touch '" + ended() + "'", words);
  }

  private Path ended() {
    return folder.resolve("ended");
  }

  /** A program with these words among its arguments. */
  private Process program(String script, String... words) throws IOException {
    List<String> argv = new ArrayList<>(List.of("bash", "-c", script));
    argv.addAll(List.of(words));
    Process process = new ProcessBuilder(argv).start();
    programs.add(process);
    return process;
  }

  /** Commands that nobody may give before the orphan has ended. */
  private final class OnceEnded implements CommandRunner {

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation scope) throws IOException {
      assertThat(ended()).exists();
      return commands.run(command, io, scope);
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation scope) {
      return fromHost;
    }

    @Override
    public String place() {
      return "on paper";
    }
  }
}
