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
import io.holdfast.application.port.out.store.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostCommandRunnerTest {

  private final HostCommandRunner runner = new HostCommandRunner();
  private final Cancellation cancellation = new Cancellation();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> errorLines = Collections.synchronizedList(new ArrayList<>());
  private final CommandIo collecting =
      CommandIo.reading(stdout -> stdout.transferTo(output)).withStderr(errorLines::add);

  @AfterEach
  void leavesNoThreadAndNoChild() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.matches("(stdin|stderr|ender) of .*"));
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void handsOverWhatAProgramPrintsAndItsExitCode() throws IOException {
    CommandResult result = shell("echo out; echo one >&2; echo two >&2; exit 7");

    assertThat(output.toString(UTF_8)).isEqualTo("out\n");
    assertThat(errorLines).containsExactly("one", "two");
    assertThat(result).isEqualTo(new CommandResult(7, "one\ntwo"));
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void lets_a_program_that_cleans_up_end_what_it_has_started() throws Exception {
    Ending orderly = Ending.orderly(Duration.ofMinutes(5), new Cancellation());
    String script =
        "sleep 60 & child=$!;"
            + " trap 'sleep 3; kill -0 $child && echo alive; kill -9 $child; exit 9' TERM;"
            + " echo ready >&2; wait";

    assertThatThrownBy(() -> endOnceReady(orderly, script, () -> {}))
        .isInstanceOf(InterruptedFailure.class);

    assertThat(output.toString(UTF_8)).isEqualTo("alive\n");
  }

  @Test
  void ends_the_grace_of_a_program_that_cleans_up_when_it_is_hurried() {
    Cancellation hurry = new Cancellation();
    Ending orderly = Ending.orderly(Duration.ofMinutes(5), hurry);
    String script = "trap 'echo deaf >&2' TERM; echo ready >&2; while :; do sleep 0.1; done";

    assertThatThrownBy(() -> endOnceReady(orderly, script, hurry::cancel))
        .isInstanceOf(InterruptedFailure.class);

    assertThat(errorLines).contains("deaf");
  }

  /** Cancels a run once it says that it is ready, and hurries it once it has said more. */
  private void endOnceReady(Ending ending, String script, Runnable hurry) throws IOException {
    CommandIo io =
        CommandIo.reading(stdout -> stdout.transferTo(output))
            .withStderr(
                line -> {
                  errorLines.add(line);
                  if (line.equals("ready")) {
                    cancellation.cancel();
                  } else {
                    hurry.run();
                  }
                });
    new HostCommandRunner(ending).run(Command.of("bash", "-c", script), io, cancellation);
  }

  @Test
  void passesArgumentsAsTheyAre() throws IOException {
    runner.run(Command.of("printf", "%s", "$HOME `id` * \"'\n"), collecting, cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("$HOME `id` * \"'\n");
  }

  @Test
  void writesInputWhileItReadsOutput() throws IOException {
    byte[] block = new byte[64 * 1024];
    long[] passed = new long[1];

    CommandResult result =
        runner.run(
            Command.of("cat"),
            new CommandIo(
                Optional.of(
                    stdin -> {
                      for (int i = 0; i < 512; i++) {
                        stdin.write(block);
                      }
                    }),
                stdout -> passed[0] = stdout.skip(Long.MAX_VALUE),
                line -> {}),
            cancellation);

    assertThat(result.succeeded()).isTrue();
    assertThat(passed[0]).isEqualTo(512L * block.length);
  }

  @Test
  void aProgramWithoutInputSeesAnEmptyOne() throws IOException {
    assertThat(runner.run(Command.of("cat"), collecting, cancellation).succeeded()).isTrue();
    assertThat(output.size()).isZero();
  }

  @Test
  void drainsWhatTheReaderLeaves() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "head -c 10000000 /dev/zero; exit 3"),
            CommandIo.reading(stdout -> stdout.read()),
            cancellation);

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void anInputThatIsClosedEarlyIsNoFailure() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("true"),
            CommandIo.writing(
                stdin -> {
                  byte[] block = new byte[64 * 1024];
                  for (int i = 0; i < 1000; i++) {
                    stdin.write(block);
                  }
                }),
            cancellation);

    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void aFailingWriterEndsTheProgramBeforeItSeesTheEndOfItsInput(@TempDir Path folder) {
    Path done = folder.resolve("done");
    Command command = Command.of("sh", "-c", "cat >/dev/null; echo done >\"$1\"", "sh", "" + done);

    assertThatThrownBy(
            () ->
                runner.run(
                    command,
                    CommandIo.writing(
                        stdin -> {
                          stdin.write('x');
                          stdin.flush();
                          throw new IOException("the source is damaged");
                        }),
                    cancellation))
        .isInstanceOf(IOException.class)
        .hasMessage("the source is damaged");
    assertThat(done).doesNotExist();
  }

  @Test
  void aFailingReaderEndsTheProgram() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "sleep 1000 & echo x; wait"),
                    CommandIo.reading(
                        stdout -> {
                          throw new IllegalStateException("seen " + stdout.read());
                        }),
                    cancellation))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("seen 120");
  }

  @Test
  void aFailingConsumerOfErrorLinesEndsTheProgram() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "sleep 1000 & echo x >&2; wait"),
                    CommandIo.reading(stdout -> {})
                        .withStderr(
                            line -> {
                              throw new IllegalStateException(line);
                            }),
                    cancellation))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("x");
  }

  @Test
  void cancellingEndsTheProgramAndWhatItStarted() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "sleep 1000 & sleep 1000 & echo up; wait"),
                    CommandIo.reading(
                        stdout -> {
                          stdout.read();
                          cancelSoon();
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void aProgramThatIgnoresSigtermIsKilled() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done"),
                    CommandIo.reading(
                        stdout -> {
                          stdout.read();
                          cancelSoon();
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void whatAProgramStartsWhileItIsEndedEndsToo(@TempDir Path folder) throws IOException {
    Path late = folder.resolve("late");
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of(
                        "sh",
                        "-c",
                        "trap 'sleep 1000 >/dev/null 2>&1 & echo $! > \"$0\"; sleep 0.5; exit' TERM;"
                            + " echo up; while :; do sleep 0.1; done",
                        late.toString()),
                    CommandIo.reading(
                        stdout -> {
                          stdout.read();
                          cancelSoon();
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);

    Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(Files.readString(late).strip()));
    try {
      left.ifPresent(one -> assertThat(one.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    } finally {
      left.ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void nothingIsStartedOnceCancelled(@TempDir Path folder) {
    cancellation.cancel();

    assertThatThrownBy(
            () -> runner.run(Command.of("touch", folder + "/x"), collecting, cancellation))
        .isInstanceOf(InterruptedFailure.class);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void aProgramKilledByASignalGivesTheSignalsExitCode() throws IOException {
    assertThat(shell("kill -KILL $$").exitCode()).isEqualTo(137);
  }

  @Test
  void aSignalThatComesBeforeTheCancellationIsAnInterruptionToo() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "echo up; kill -INT $$; sleep 1"),
                    CommandIo.reading(
                        stdout -> {
                          stdout.transferTo(output);
                          CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                              .execute(cancellation::cancel);
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void cutsLongErrorLinesAndKeepsTheTail() throws IOException {
    CommandResult result =
        shell(
            "head -c 20000 /dev/zero | tr '\\0' a >&2; echo >&2;"
                + " i=0; while [ $i -lt 2000 ]; do echo \"line $i\" >&2; i=$((i+1)); done");

    assertThat(errorLines).hasSize(2001);
    assertThat(errorLines.get(0)).hasSize(8192);
    assertThat(result.stderrTail()).hasSizeLessThanOrEqualTo(4096).endsWith("line 1999");
    assertThat(result.stderrTail().length()).isGreaterThan(4000);
  }

  @Test
  void secretsTravelByTheEnvironmentAndNotByArguments() throws IOException {
    Command command =
        new Command(
            List.of("sh", "-c", "tr '\\0' ' ' </proc/$$/cmdline; printf '%s' \"$PLAIN$HIDDEN\""),
            Map.of("PLAIN", "plain-"),
            Map.of("HIDDEN", Secret.of("s3cret".toCharArray())));

    runner.run(command, collecting, cancellation);

    assertThat(output.toString(UTF_8)).startsWith("sh -c tr").endsWith("plain-s3cret");
    assertThat(command.toString()).doesNotContain("s3cret");
  }

  @Test
  void childrenSpeakEnglishUnlessToldOtherwise() throws IOException {
    shell("printf %s \"$LC_ALL\"");
    runner.run(
        new Command(List.of("sh", "-c", "printf %s \",$LC_ALL\""), Map.of("LC_ALL", "C"), Map.of()),
        collecting,
        cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("C.UTF-8,C");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> runner.run(Command.of("holdfast-no-such"), collecting, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("There is no program holdfast-no-such on this host.");
  }

  @Test
  void aFileThatMayNotBeRunIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> runner.run(Command.of(file.toString()), collecting, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("may not be run");
  }

  @Test
  void leavesNoOpenFiles() throws IOException {
    shell("true");
    long before = openFiles();
    for (int i = 0; i < 20; i++) {
      shell("echo x; echo y >&2");
      runner.run(Command.of("cat"), CommandIo.writing(stdin -> stdin.write('x')), cancellation);
    }

    assertThat(openFiles()).isEqualTo(before);
  }

  private CommandResult shell(String script) throws IOException {
    return runner.run(Command.of("sh", "-c", script), collecting, cancellation);
  }

  private void cancelSoon() {
    new Thread(cancellation::cancel).start();
  }

  private static long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
