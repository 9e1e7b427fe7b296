package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.domain.schedule.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileScheduleMemoryTest {

  private static final Map<String, Standing> STANDINGS =
      Map.of(
          "backup",
          new Standing(
              "0 2 * * * Europe/Zurich",
              Instant.parse("2026-11-22T01:00:00.123456Z"),
              Standing.State.BEGUN),
          "verify",
          new Standing("@daily UTC", Instant.parse("2026-11-22T00:00:00Z"), Standing.State.SERVED));

  @TempDir private Path folder;

  @Test
  void nothing_is_remembered_at_first() {
    assertThat(memory().load()).isEmpty();
  }

  @Test
  void what_is_saved_is_remembered_in_place_of_what_was() throws IOException {
    memory().save(Map.of("prune", new Standing("x", Instant.EPOCH, Standing.State.REPEATED)));
    memory().save(STANDINGS);

    assertThat(memory().load()).isEqualTo(STANDINGS);
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void what_a_killed_writer_left_is_no_obstacle() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file().resolveSibling("schedule.new"), "half");
    memory().save(STANDINGS);

    assertThat(memory().load()).isEqualTo(STANDINGS);
  }

  @Test
  void a_line_that_cannot_be_understood_is_passed_over() throws IOException {
    memory().save(STANDINGS);
    Files.writeString(
        file(),
        "garbage\nprune\tyesterday\tSERVED\tx\nprune\t2026-11-22T00:00:00Z\tODD\tx\n"
            + Files.readString(file()));

    assertThat(memory().load()).isEqualTo(STANDINGS);
  }

  @Test
  void a_file_that_cannot_be_written_is_a_storage_failure() throws IOException {
    Files.writeString(folder.resolve("state"), "in the way");

    assertThatThrownBy(() -> memory().save(STANDINGS)).isInstanceOf(StorageFailure.class);
  }

  private FileScheduleMemory memory() {
    return new FileScheduleMemory(folder.resolve("state"));
  }

  private Path file() {
    return folder.resolve("state/schedule");
  }
}
