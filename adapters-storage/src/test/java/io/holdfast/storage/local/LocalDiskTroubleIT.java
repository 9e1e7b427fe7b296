package io.holdfast.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, read-only, forbidden, and processes that are killed while they write. */
class LocalDiskTroubleIT {

  private static final BlobKey KEY = new BlobKey("set/file");

  @TempDir private Path temporary;

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  @EnabledIf(value = "isRoot", disabledReason = "NOT SHOWN: mounting a small disk needs root")
  void a_full_disk_is_named_with_its_space_and_nothing_is_left_on_it() throws Exception {
    try (MountedDisk disk = MountedDisk.ofMegabytes(50, temporary);
        LocalBlobStore store = new LocalBlobStore(disk.folder().resolve("holdfast"))) {
      commit(store, new BlobKey("set/kept"), 1000);
      long freeBefore = store.freeBytes().orElseThrow();

      StorageFailure full =
          catchThrowableOfType(StorageFailure.class, () -> commit(store, KEY, 100 << 20));

      assertThat(full.kind()).isEqualTo(FailureKind.STORAGE_FULL);
      assertThat(full.kind().isTemporary()).isFalse();
      assertThat(full.getMessage())
          .contains("No space left on " + disk.folder())
          .containsPattern(": 0 B of \\d+ MB free");
      assertThat(full.hint()).contains("larger");
      assertThat(keysOf(store)).containsExactly("set/kept");
      assertThat(Math.abs(store.freeBytes().orElseThrow() - freeBefore)).isLessThan(100_000);
    }
  }

  @Test
  @EnabledIf(value = "isRoot", disabledReason = "NOT SHOWN: mounting read-only needs root")
  void a_read_only_disk_can_be_read_and_says_why_it_cannot_be_written() throws Exception {
    try (MountedDisk disk = MountedDisk.ofMegabytes(10, temporary);
        LocalBlobStore store = new LocalBlobStore(disk.folder())) {
      commit(store, KEY, 1000);
      disk.makeReadOnly();

      assertThat(store.stat(KEY).bytes()).isEqualTo(1000);
      store.open(KEY).close();
      assertThat(keysOf(store)).containsExactly("set/file");
      StorageFailure refused =
          catchThrowableOfType(StorageFailure.class, () -> commit(store, new BlobKey("other"), 1));
      assertThat(refused).hasMessageContaining("Read-only file system");
      assertThat(refused.hint()).contains("remount");
      assertThat(catchThrowableOfType(StorageFailure.class, () -> store.delete(KEY)))
          .hasMessageContaining("Read-only file system");
    }
  }

  @Test
  void a_folder_without_rights_is_named_with_the_user() throws Exception {
    Path root = Files.createDirectories(temporary.resolve("foreign/holdfast"));
    forbid(root, "r-x------");

    String told = run(root, "write");

    assertThat(told)
        .startsWith("STORAGE|")
        .contains("Permission denied", root.toString(), System.getProperty("user.name"));
  }

  @Test
  void a_folder_that_may_not_be_read_is_no_empty_one() throws Exception {
    Path root = Files.createDirectories(temporary.resolve("foreign/holdfast"));
    try (LocalBlobStore store = new LocalBlobStore(root)) {
      commit(store, KEY, 1);
    }
    forbid(root.resolve("set"), "---------");

    assertThat(run(root, "list")).startsWith("STORAGE|").contains("Permission denied");
    assertThat(run(root, "read")).startsWith("STORAGE|").contains("Permission denied");
  }

  @Test
  void what_a_killed_process_left_is_invisible_and_can_be_cleared() throws Exception {
    Path root = temporary.resolve("holdfast");
    Process killed = Prober.start(List.of(), root, "hang");
    try (BufferedReader out = killed.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("written");
    } finally {
      killed.destroyForcibly().waitFor();
    }

    try (LocalBlobStore store = new LocalBlobStore(root)) {
      assertThat(keysOf(store)).isEmpty();
      assertThat(namesIn(root.resolve(".holdfast/tmp"))).hasSize(1);
      store.clearAbandoned();
      assertThat(root).isEmptyDirectory();
      commit(store, KEY, 1);
    }
  }

  /** Takes rights from a folder; root has them all the same, so that it also gives it away. */
  private static void forbid(Path folder, String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    if (isRoot()) {
      Files.setAttribute(folder, "unix:uid", 65534);
    }
  }

  private static String run(Path root, String what) throws Exception {
    List<String> before =
        isRoot()
            ? List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner")
            : List.of();
    Process process = Prober.start(before, root, what);
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return told;
  }

  private static void commit(LocalBlobStore store, BlobKey key, int bytes) throws IOException {
    try (BlobWriter writer = store.create(key)) {
      byte[] block = new byte[64 * 1024];
      for (int left = bytes; left > 0; left -= block.length) {
        writer.body().write(block, 0, Math.min(left, block.length));
      }
      writer.commit();
    }
  }

  private static List<String> keysOf(LocalBlobStore store) {
    List<String> keys = new ArrayList<>();
    store.list("", blob -> keys.add(blob.key().value()));
    return keys;
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    }
  }
}
