package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectivesMemoryTest {

  @TempDir private Path folder;

  @Test
  void what_was_missed_is_remembered_by_look() throws IOException {
    FileObjectivesMemory memory = new FileObjectivesMemory(folder.resolve("state"));
    assertThat(memory.missed("this-host")).isEmpty();
    memory.remember("this-host", Set.of("b/nas", "a/"));
    memory.remember("all-hosts", Set.of());
    FileObjectivesMemory later = new FileObjectivesMemory(folder.resolve("state"));
    assertThat(later.missed("this-host")).containsExactly("a/", "b/nas");
    assertThat(later.missed("all-hosts")).isEmpty();
    memory.remember("this-host", Set.of());
    assertThat(later.missed("this-host")).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("state/objectives"))) {
      assertThat(files.toList())
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void a_look_is_no_path() {
    FileObjectivesMemory memory = new FileObjectivesMemory(folder);
    assertThatThrownBy(() -> memory.missed("../x")).isInstanceOf(IllegalArgumentException.class);
  }
}
