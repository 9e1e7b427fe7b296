package io.holdfast.operations.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.domain.history.RunKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookProbeTest {

  @TempDir private Path folder;

  @Test
  void a_program_is_found_by_its_path_beside_and_by_its_name() throws Exception {
    program("freeze", "rwx------");

    assertThat(look(folder.resolve("freeze").toString()).level()).isEqualTo(Level.OK);
    assertThat(look("./freeze").level()).isEqualTo(Level.OK);
    assertThat(look("freeze").level()).isEqualTo(Level.OK);
  }

  @Test
  void one_that_is_not_there_is_told() {
    assertThat(look("/no/such/freeze"))
        .isEqualTo(
            new Finding(
                "hook before backup",
                Level.FAILED,
                "there is no program /no/such/freeze on this host",
                "Put it there, or correct hooks: in the configuration."));
    assertThat(look("freeze").hint()).contains("Install it");
  }

  @Test
  void one_that_may_not_be_run_is_told() throws Exception {
    program("freeze", "rw-------");

    assertThat(look("./freeze").level()).isEqualTo(Level.FAILED);
    assertThat(look("./freeze").detail()).contains("may not be run");
    assertThat(look("freeze").hint()).contains("chmod");
  }

  @Test
  void a_folder_is_no_program() {
    assertThat(look(folder.toString()).level()).isEqualTo(Level.FAILED);
  }

  @Test
  void each_phase_of_each_command_is_looked_at() {
    List<List<String>> none = List.of(List.of("/none"), List.of("/neither"));
    RunHooks hooks = new RunHooks(none, none, none, Duration.ofMinutes(1));

    assertThat(probe(Map.of(RunKind.BACKUP, hooks, RunKind.RESTORE, hooks)))
        .extracting(Finding::subject)
        .contains(
            "hook before backup",
            "hook after backup",
            "hook on-failure backup",
            "hook on-failure restore")
        .hasSize(12);
  }

  private void program(String name, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Finding look(String program) {
    RunHooks hooks =
        new RunHooks(List.of(List.of(program, "x")), List.of(), List.of(), Duration.ofMinutes(1));
    List<Finding> found = probe(Map.of(RunKind.BACKUP, hooks));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private List<Finding> probe(Map<RunKind, RunHooks> hooks) {
    return new HookProbe(hooks, "/nowhere:" + folder, folder).probe(new Cancellation());
  }
}
