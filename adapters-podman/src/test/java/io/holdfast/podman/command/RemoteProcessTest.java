package io.holdfast.podman.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that gives what it executes no session of its own, nor a parent that we could end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteProcessTest {

  private static final String PODMAN =
      """
      #!/bin/bash
      shift
      while [[ $1 == --* ]]; do shift; done
      shift
      ended=$(mktemp -u -p "${0%/*}")
      mkfifo "$ended"
      exec 3<&0 4<>"$ended"
      ( ( "$@" <&3 3<&- 4<&-; echo $? >&4 ) & )
      exec 3<&-
      read -r code <&4
      exit "$code"
      """;

  @TempDir private Path folder;
  private Path podman = Path.of("");
  private final Cancellation cancellation = new Cancellation();
  private final List<ProcessHandle> inside = new ArrayList<>();

  @BeforeEach
  void writePodman() throws IOException {
    podman = Files.writeString(folder.resolve("podman"), PODMAN);
    Files.setPosixFilePermissions(podman, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void cancellingEndsAProgramWithInputAndItsShell() {
    endsWhatRunsInside(
        "echo $$; echo $PPID; exec sleep 4716",
        Optional.of(
            stdin -> {
              while (true) {
                stdin.write(new byte[64 * 1024]);
              }
            }));
  }

  @Test
  void cancellingEndsAProgramWithoutInput() {
    endsWhatRunsInside("echo $$; exec sleep 4716", Optional.empty());
  }

  private void endsWhatRunsInside(String script, Optional<CommandIo.Writer> input) {
    ContainerCommandRunner runner =
        new ContainerCommandRunner(new HostCommandRunner(), podman.toString(), "any");
    Command command = Command.of("sh", "-c", script);

    assertThatThrownBy(
            () ->
                runner.run(
                    command,
                    new CommandIo(
                        input,
                        stdout -> {
                          var lines = new BufferedReader(new InputStreamReader(stdout, UTF_8));
                          inside.add(process(lines.readLine()));
                          if (input.isPresent()) {
                            inside.add(process(lines.readLine()));
                          }
                          new Thread(cancellation::cancel).start();
                        },
                        line -> {}),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
    assertThat(inside).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private static ProcessHandle process(@Nullable String pid) {
    return ProcessHandle.of(Long.parseLong(String.valueOf(pid))).orElseThrow();
  }
}
