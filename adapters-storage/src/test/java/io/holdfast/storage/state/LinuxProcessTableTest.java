package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxProcessTableTest {

  private static final String AFTER_NAME =
      " 1 7 7 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 %s 1000 200 18446744073709551615";

  @TempDir private Path proc;

  @Test
  void this_process_has_a_mark_that_stays() {
    LinuxProcessTable processes = new LinuxProcessTable();

    assertThat(processes.self()).isEqualTo(ProcessHandle.current().pid());
    assertThat(processes.markOf(processes.self()))
        .isPresent()
        .isEqualTo(processes.markOf(processes.self()));
  }

  @Test
  void a_process_that_has_ended_has_none() throws Exception {
    Process child = new ProcessBuilder("sleep", "100").start();
    LinuxProcessTable processes = new LinuxProcessTable();
    assertThat(processes.markOf(child.pid())).isPresent();

    child.destroyForcibly().waitFor();

    assertThat(processes.markOf(child.pid())).isEmpty();
  }

  @Test
  void a_later_process_of_the_same_pid_has_another_mark() throws Exception {
    boot("b1");
    stat(7, "(sh) S", "4711");
    LinuxProcessTable processes = new LinuxProcessTable(proc);
    assertThat(processes.markOf(7)).contains("b1:4711");

    stat(7, "(sh) S", "4712");
    assertThat(processes.markOf(7)).contains("b1:4712");
  }

  @Test
  void a_reboot_changes_every_mark() throws Exception {
    stat(7, "(sh) S", "4711");
    boot("b2");

    assertThat(new LinuxProcessTable(proc).markOf(7)).contains("b2:4711");
  }

  @Test
  void a_name_with_spaces_and_brackets_does_not_shift_the_fields() throws Exception {
    boot("b1");
    stat(7, "(my ) S 1 (x) S", "99");

    assertThat(new LinuxProcessTable(proc).markOf(7)).contains("b1:99");
  }

  @Test
  void a_zombie_lives_no_more() throws Exception {
    boot("b1");
    stat(7, "(sh) Z", "4711");

    assertThat(new LinuxProcessTable(proc).markOf(7)).isEmpty();
  }

  @Test
  void without_proc_the_operator_is_told() {
    ConfigurationFailure told =
        catchThrowableOfType(
            ConfigurationFailure.class, () -> new LinuxProcessTable(proc).markOf(1));

    assertThat(told).hasMessageContaining("boot_id");
    assertThat(told.hint()).contains("/proc");
  }

  private void boot(String id) throws Exception {
    Path file = proc.resolve("sys/kernel/random/boot_id");
    Files.createDirectories(file.getParent());
    Files.writeString(file, id + "\n");
  }

  private void stat(long pid, String nameAndState, String start) throws Exception {
    Path file = proc.resolve(pid + "/stat");
    Files.createDirectories(file.getParent());
    Files.writeString(file, pid + " " + nameAndState + AFTER_NAME.formatted(start) + "\n");
  }
}
