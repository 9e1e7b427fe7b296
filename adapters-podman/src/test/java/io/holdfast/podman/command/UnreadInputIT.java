package io.holdfast.podman.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.podman.testing.RealPodman;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in a container that have input and do not read it to its end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadInputIT {

  /** More than the pipes and sockets on its way hold. */
  private static final CommandIo.Writer MUCH = stdin -> stdin.write(new byte[700_000]);

  private static final CommandIo.Writer NEVER_ENDING =
      stdin -> {
        while (true) {
          stdin.write(new byte[64 * 1024]);
        }
      };

  private static @Nullable RealPodman podman;
  private static String container = "";

  private final ContainerCommandRunner runner =
      new ContainerCommandRunner(new HostCommandRunner(), container);
  private final Cancellation cancellation = new Cancellation();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> errorLines = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void runAContainer() {
    podman = RealPodman.orSkip();
    container = podman.sleeper("unread");
    String folders =
        "for sh in dash bash; do mkdir /tmp/$sh /tmp/$sh-alone; for in in /tmp/$sh /tmp/$sh-alone;"
            + " do ln -s /bin/$sh $in/sh; ln -s /usr/bin/head /usr/bin/seq $in; done;"
            + " ln -s /bin/cat /tmp/$sh; done";
    podman.run("podman", "exec", container, "sh", "-c", folders);
  }

  @AfterAll
  static void removeIt() {
    if (podman != null) {
      podman.close();
    }
  }

  /** Not always is something lost that can be, so that several run at once and often. */
  @Test
  void allTheirOutputArrives() throws ExecutionException, InterruptedException {
    int runs = 60;
    ExecutorService atOnce = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> received = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        received.add(atOnce.submit(this::bytesReceived));
      }
      List<Long> bytes = new ArrayList<>();
      for (Future<Long> one : received) {
        bytes.add(one.get());
      }
      assertThat(bytes).hasSize(runs).containsOnly(20_000_000L);
    } finally {
      atOnce.shutdownNow();
    }
  }

  private long bytesReceived() throws IOException {
    long[] received = new long[1];
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "head -c 4096 >/dev/null; head -c 20000000 /dev/zero"),
            new CommandIo(
                Optional.of(MUCH), stdout -> received[0] = stdout.skip(Long.MAX_VALUE), line -> {}),
            new Cancellation());
    assertThat(result).isEqualTo(new CommandResult(0, ""));
    return received[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "dash-alone", "bash-alone"})
  void anyShellDoesWithCatOrWithout(String folder) throws IOException {
    Command command =
        new Command(
            List.of("sh", "-c", "head -c 9 >&2; seq 1000; exit 7"),
            Map.of("PATH", "/tmp/" + folder),
            Map.of());

    CommandResult result =
        runner.run(
            command,
            feeding(
                stdin -> {
                  stdin.write("a\nb\n\0c\n\n\n\nrest".getBytes(UTF_8));
                  MUCH.writeTo(stdin);
                }),
            cancellation);

    assertThat(output.toString(UTF_8)).startsWith("1\n2\n").endsWith("\n999\n1000\n");
    assertThat(errorLines).containsExactly("a", "b", "\0c", "", "");
    assertThat(result).isEqualTo(new CommandResult(7, "a\nb\n\0c\n\n"));
  }

  /** A dump of 100 GB must not be streamed for nothing. */
  @Test
  void nothingMoreIsFedOnceTheProgramHasEnded() throws IOException {
    CommandResult result = runner.run(Command.of("true"), feeding(NEVER_ENDING), cancellation);

    assertThat(result).isEqualTo(new CommandResult(0, ""));
  }

  @Test
  void aWriterThatWaitsForItsSourceIsNotWaitedForWithoutEnd() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "echo all; exit 3"),
            feeding(
                stdin -> {
                  stdin.write('x');
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    throw new IOException("woken", e);
                  }
                }),
            cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("all\n");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void whatIsLeftInTheBackgroundMayKeepTheInput() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "exec 3<&0; sleep 5 <&3 >/dev/null 2>&1 & echo up"),
            feeding(MUCH),
            cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("up\n");
    assertThat(result.succeeded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void anErrorLineWithoutItsEndIsHandedOverAndNoNoteOfOurs(String shell) throws IOException {
    Command command =
        new Command(
            List.of(
                "sh", "-c", "echo one >&2; echo holdfast-exit 0 >&2; echo >&2; echo -n end >&2"),
            Map.of("PATH", "/tmp/" + shell),
            Map.of());

    CommandResult result = runner.run(command, feeding(MUCH), cancellation);

    assertThat(errorLines).containsExactly("one", "holdfast-exit 0", "", "end");
    assertThat(result).isEqualTo(new CommandResult(0, "one\nholdfast-exit 0\n\nend"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aProgramKilledByASignalGivesTheSignalsExitCodeAndNoWordOfTheShell(String shell)
      throws IOException {
    Command command =
        new Command(
            List.of("sh", "-c", "kill -KILL $$"), Map.of("PATH", "/tmp/" + shell), Map.of());

    CommandResult result = runner.run(command, feeding(MUCH), cancellation);

    assertThat(result).isEqualTo(new CommandResult(137, ""));
    assertThat(errorLines).isEmpty();
  }

  @Test
  void aSignalToAllOfItIsNoSuccess() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "trap 'exit 0' TERM; kill -TERM 0"),
            feeding(MUCH),
            cancellation);

    assertThat(result.exitCode()).isEqualTo(143);
  }

  @Test
  void aProgramThatIsNotInTheContainerIsNamed() {
    assertThatThrownBy(
            () -> runner.run(Command.of("pg_restore_of_2040"), feeding(MUCH), cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("There is no program pg_restore_of_2040 in container " + container + ".");
    assertThatThrownBy(() -> runner.run(Command.of("/etc/passwd"), feeding(MUCH), cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("The program /etc/passwd may not be run in container " + container + ".");
  }

  @Test
  void cancellingEndsTheProgramItsShellAndItsChildren() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "sleep 4715 & echo up; sleep 4715"),
                    new CommandIo(
                        Optional.of(NEVER_ENDING),
                        stdout -> {
                          stdout.read();
                          new Thread(cancellation::cancel).start();
                        },
                        line -> {}),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
    if (podman == null) {
      throw new IllegalStateException("podman is set before every test");
    }
    assertThat(podman.run("podman", "top", container, "args")).doesNotContain("4715");
  }

  private CommandIo feeding(CommandIo.Writer stdin) {
    return new CommandIo(Optional.of(stdin), stdout -> stdout.transferTo(output), errorLines::add);
  }
}
