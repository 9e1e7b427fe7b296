package io.holdfast.podman.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.podman.testing.RealPodman;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerCommandRunnerIT {

  private static @Nullable RealPodman podman;
  private static String container = "";

  private final ContainerCommandRunner runner = in(container);
  private final Cancellation cancellation = new Cancellation();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> errorLines = Collections.synchronizedList(new ArrayList<>());
  private final CommandIo collecting =
      CommandIo.reading(stdout -> stdout.transferTo(output)).withStderr(errorLines::add);

  @BeforeAll
  static void runAContainer() {
    podman = RealPodman.orSkip();
    container = podman.sleeper("runner", "--publish", "127.0.0.1::5432");
  }

  @AfterAll
  static void removeIt() {
    if (podman != null) {
      podman.close();
    }
  }

  @Test
  void handsOverOutputErrorsAndExitCode() throws IOException {
    CommandResult result =
        runner.run(
            Command.of("sh", "-c", "echo out; echo err >&2; exit 9"), collecting, cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("out\n");
    assertThat(errorLines).containsExactly("err");
    assertThat(result).isEqualTo(new CommandResult(9, "err"));
  }

  @Test
  void passesArgumentsAsTheyAre() throws IOException {
    runner.run(
        Command.of("printf", "%s|", "$HOME `id`", "a b\n", "--env"), collecting, cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("$HOME `id`|a b\n|--env|");
  }

  @Test
  void streamsManyBytesInAndOutUnchanged() throws IOException, NoSuchAlgorithmException {
    MessageDigest in = MessageDigest.getInstance("SHA-256");
    MessageDigest out = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[1 << 20];
    new java.util.Random(1).nextBytes(block);

    CommandResult result =
        runner.run(
            Command.of("cat"),
            new CommandIo(
                Optional.of(
                    stdin -> {
                      for (int i = 0; i < 100; i++) {
                        block[i]++;
                        in.update(block);
                        stdin.write(block);
                      }
                    }),
                stdout ->
                    new DigestInputStream(stdout, out).transferTo(OutputStream.nullOutputStream()),
                line -> {}),
            cancellation);

    assertThat(result.succeeded()).isTrue();
    assertThat(HexFormat.of().formatHex(out.digest()))
        .isEqualTo(HexFormat.of().formatHex(in.digest()));
  }

  @Test
  void secretsReachTheProgramAndNoArgumentOfAnyProcess() throws IOException {
    Command command =
        new Command(
            List.of("sh", "-c", "echo up; read -r go; printf '%s' \"$PLAIN:$PGPASSWORD:$LC_ALL\""),
            Map.of("PLAIN", "plain value"),
            Map.of("PGPASSWORD", Secret.of("s3cret-of-it".toCharArray())));

    runner.run(
        command,
        new CommandIo(
            Optional.of(
                stdin -> {
                  assertThat(podman().bash("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"))
                      .contains("PGPASSWORD")
                      .doesNotContain("s3cret-of-it");
                  stdin.write('\n');
                }),
            stdout -> stdout.transferTo(output),
            line -> {}),
        cancellation);

    assertThat(output.toString(UTF_8)).isEqualTo("up\nplain value:s3cret-of-it:C.UTF-8");
  }

  @Test
  void cancellingEndsTheProcessInside() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "sleep 4711 & sleep 4711 & echo up; wait"),
                    CommandIo.reading(
                        stdout -> {
                          stdout.read();
                          new Thread(cancellation::cancel).start();
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
    assertNothingRunsInside("4711");
  }

  /**
   * As a terminal does: its interrupt reaches podman exec as well, and before we are told. Once the
   * program has written to its error output, what was told there before has arrived for certain.
   */
  @Test
  void aSignalToPodmanExecItselfEndsTheProcessInsideToo() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "echo up >&2; sleep 4713"),
                    collecting.withStderr(
                        up -> {
                          ProcessHandle.current()
                              .children()
                              .filter(
                                  child ->
                                      child.info().commandLine().orElse("").contains("sleep 4713"))
                              .forEach(ProcessHandle::destroyForcibly);
                          new Thread(this::cancelAMomentLater).start();
                        }),
                    cancellation))
        .isInstanceOf(InterruptedFailure.class);
    assertNothingRunsInside("4713");
  }

  @Test
  void aProcessInsideThatIgnoresSigtermIsKilled() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.4712; done"),
                    CommandIo.reading(
                        stdout -> {
                          throw new IOException("seen " + stdout.read());
                        }),
                    cancellation))
        .isInstanceOf(IOException.class)
        .hasMessage("seen 117");
    assertNothingRunsInside("4712");
  }

  @Test
  void aFailingWriterEndsTheProcessInsideBeforeItSeesTheEndOfItsInput() {
    assertThatThrownBy(
            () ->
                runner.run(
                    Command.of("sh", "-c", "cat >/dev/null; echo done >/tmp/writer-failed"),
                    CommandIo.writing(
                        stdin -> {
                          stdin.write('x');
                          stdin.flush();
                          throw new IOException("the source is damaged");
                        }),
                    cancellation))
        .hasMessage("the source is damaged");
    podman().run("podman", "exec", container, "test", "!", "-e", "/tmp/writer-failed");
  }

  @Test
  void aProgramThatIsNotInTheContainerIsNamed() {
    assertThatThrownBy(
            () -> runner.run(Command.of("pg_dump_of_2040", "x"), collecting, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("There is no program pg_dump_of_2040 in container " + container + ".");
  }

  @Test
  void aContainerThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> in("hf-it-no-such").run(Command.of("true"), collecting, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("There is no container hf-it-no-such.");
    assertThatThrownBy(() -> in("hf-it-no-such").reach(new Endpoint("127.0.0.1", 1), cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("There is no container hf-it-no-such.");
  }

  @Test
  void aContainerThatDoesNotRunIsATemporaryFailure() {
    String stopped = podman().sleeper("stopped");
    podman().run("podman", "stop", "--time=0", stopped);

    assertThatThrownBy(() -> in(stopped).run(Command.of("true"), collecting, cancellation))
        .isInstanceOfSatisfying(
            SourceFailure.class,
            failure -> {
              assertThat(failure).hasMessage("Container " + stopped + " is not running.");
              assertThat(failure.hint()).contains("podman start " + stopped);
              assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE);
            });
  }

  @Test
  void findsTheServerBehindAPublishedPort() {
    String published = podman().run("podman", "port", container, "5432/tcp").strip();
    int port = Integer.parseInt(published.substring(published.lastIndexOf(':') + 1));

    for (String host : List.of("127.0.0.1", "localhost", "0.0.0.0")) {
      assertThat(runner.reach(new Endpoint(host, port), cancellation))
          .isEqualTo(new Endpoint("127.0.0.1", 5432));
    }
  }

  @Test
  void leavesAnyOtherEndpointAsItIs() {
    for (Endpoint other :
        List.of(
            new Endpoint("127.0.0.1", 1),
            new Endpoint("/run/postgresql", 5432),
            new Endpoint("192.0.2.1", 5432),
            new Endpoint("no-such-host.invalid", 5432))) {
      assertThat(runner.reach(other, cancellation)).isEqualTo(other);
    }
  }

  private static RealPodman podman() {
    if (podman == null) {
      throw new IllegalStateException("podman is set before every test");
    }
    return podman;
  }

  private static ContainerCommandRunner in(String container) {
    return new ContainerCommandRunner(new HostCommandRunner(), container);
  }

  /** Long enough for the runner to have seen the child's end, and to have no part in it. */
  private void cancelAMomentLater() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancellation.cancel();
  }

  private static void assertNothingRunsInside(String argument) {
    assertThat(podman().run("podman", "top", container, "args")).doesNotContain(argument);
  }
}
