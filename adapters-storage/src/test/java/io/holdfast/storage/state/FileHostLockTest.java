package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.recovery.HostLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHostLockTest {

  @TempDir private Path temporary;

  private final FakeProcesses processes = new FakeProcesses(4711);

  @Test
  void a_held_lock_is_refused_and_names_its_holder() {
    try (HostLock.Held held = lock().acquire("restore")) {
      assertThat(held).isNotNull();
      BusyFailure busy =
          catchThrowableOfType(BusyFailure.class, () -> lock().acquire("restore").close());

      assertThat(busy.kind()).isEqualTo(FailureKind.BUSY);
      assertThat(busy).hasMessageContaining("restore").hasMessageContaining("4711");
      assertThat(busy.hint()).contains("ps -fp 4711");
    }
  }

  @Test
  void a_lock_is_free_again_once_closed_and_closing_twice_is_harmless() {
    for (int i = 0; i < 3; i++) {
      HostLock.Held held = lock().acquire("restore");
      held.close();
      held.close();
    }
  }

  @Test
  void closing_a_lock_again_does_not_release_the_next_holders() {
    HostLock.Held first = lock().acquire("restore");
    first.close();
    try (HostLock.Held second = lock().acquire("restore")) {
      assertThat(second).isNotNull();
      first.close();
      assertThat(catchThrowableOfType(BusyFailure.class, () -> lock().acquire("restore").close()))
          .isNotNull();
    }
  }

  @Test
  void locks_of_different_purposes_do_not_meet() {
    try (HostLock.Held restore = lock().acquire("restore");
        HostLock.Held backup = lock().acquire("backup")) {
      assertThat(restore).isNotSameAs(backup);
    }
  }

  @Test
  void another_process_is_held_off_also_after_one_was_refused_here() throws Exception {
    try (HostLock.Held held = lock().acquire("restore")) {
      assertThat(held).isNotNull();
      assertThat(catchThrowableOfType(BusyFailure.class, () -> lock().acquire("restore").close()))
          .isNotNull();

      assertThat(otherProcess("HELD?")).isEqualTo("busy 4711");
    }
    assertThat(otherProcess("FREE?")).isEqualTo("free");
  }

  @Test
  void a_lock_of_a_killed_process_is_free() throws Exception {
    Process holder = start("hold");
    try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("free");
      BusyFailure busy =
          catchThrowableOfType(BusyFailure.class, () -> lock().acquire("restore").close());
      assertThat(busy).hasMessageContaining(Long.toString(holder.pid()));
    } finally {
      holder.destroyForcibly().waitFor();
    }

    lock().acquire("restore").close();
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws Exception {
    Files.writeString(temporary.resolve("state"), "a file");

    assertThat(catchThrowableOfType(StorageFailure.class, () -> lock().acquire("restore").close()))
        .hasMessageContaining("state");
  }

  private HostLock lock() {
    return new FileHostLock(temporary.resolve("state"), processes);
  }

  private String otherProcess(String mode) throws Exception {
    Process other = start(mode);
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      String answer = out.readLine();
      assertThat(other.waitFor()).isZero();
      return answer;
    }
  }

  private Process start(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Locker.class.getName(),
            temporary.resolve("state").toString(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Another process: takes the lock and says how it went; holds it for ever when told to. */
  static final class Locker {
    private Locker() {}

    public static void main(String[] arguments) throws InterruptedException {
      HostLock lock = new FileHostLock(Path.of(arguments[0]), new LinuxProcessTable());
      try (HostLock.Held held = lock.acquire("restore")) {
        System.out.println(held == null ? "none" : "free");
        while (arguments[1].equals("hold")) {
          Thread.sleep(60_000);
        }
      } catch (BusyFailure busy) {
        System.out.println("busy " + busy.getMessage().replaceAll("\\D", ""));
      }
    }
  }
}
