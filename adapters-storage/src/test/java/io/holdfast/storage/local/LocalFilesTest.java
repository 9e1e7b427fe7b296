package io.holdfast.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a folder has: modes, links, things in the way, files that people put there. */
class LocalFilesTest {

  private static final BlobKey KEY = new BlobKey("set/databases/a.dump");

  @TempDir private Path temporary;

  @Test
  void files_and_folders_are_for_their_owner_alone() throws IOException {
    try (LocalBlobStore store = store();
        BlobWriter writer = store.create(KEY)) {
      assertThat(modeOf(onlyFileIn(root().resolve(".holdfast/tmp")))).isEqualTo("rw-------");
      writer.commit();
    }

    assertThat(modeOf(root().resolve("set/databases/a.dump"))).isEqualTo("rw-------");
    for (String folder : List.of("", "set", "set/databases", ".holdfast", ".holdfast/tmp")) {
      assertThat(modeOf(root().resolve(folder))).as(folder).isEqualTo("rwx------");
    }
  }

  @Test
  void folders_that_were_there_keep_their_mode() throws IOException {
    Files.createDirectories(root());
    Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwx---"));

    write(KEY, "x");

    assertThat(modeOf(root())).isEqualTo("rwxr-xr-x");
    assertThat(modeOf(temporary)).isEqualTo("rwxrwx---");
  }

  @Test
  void an_aborted_first_write_removes_the_root_that_it_made() {
    try (LocalBlobStore store = new LocalBlobStore(root().resolve("deep/deeper"));
        BlobWriter writer = store.create(KEY)) {
      assertThat(root().resolve("deep/deeper")).exists();
      assertThat(writer.body()).isNotNull();
    }

    assertThat(root()).doesNotExist();
    assertThat(temporary).exists();
  }

  @Test
  void an_aborted_write_leaves_a_root_that_was_there() throws IOException {
    Files.createDirectories(root());
    try (LocalBlobStore store = store();
        BlobWriter writer = store.create(KEY)) {
      assertThat(writer.body()).isNotNull();
    }

    assertThat(root()).isEmptyDirectory();
  }

  @Test
  void deleting_the_last_blob_keeps_the_root() throws IOException {
    write(KEY, "x");
    try (LocalBlobStore store = store()) {
      store.delete(KEY);
    }

    assertThat(root().resolve("set")).doesNotExist();
    assertThat(root()).exists();
  }

  @Test
  void an_interrupted_thread_still_reads_and_publishes() throws IOException {
    write(KEY, "old");
    try (LocalBlobStore store = store();
        InputStream in = store.open(KEY);
        BlobWriter writer = store.create(new BlobKey("set/b"))) {
      Thread.currentThread().interrupt();
      writer.body().write('n');
      writer.commit();
      assertThat(in.readAllBytes()).hasSize(3);
      store.delete(KEY);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(keys()).containsExactly("set/b");
  }

  @Test
  void symbolic_links_below_the_root_are_neither_listed_nor_followed() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret");
    write(new BlobKey("set/real"), "x");
    Files.createSymbolicLink(root().resolve("set/link"), outside.resolve("file"));
    Files.createSymbolicLink(root().resolve("linked"), outside);
    Files.createSymbolicLink(root().resolve("set/loop"), root());

    try (LocalBlobStore store = store()) {
      assertThat(keys()).containsExactly("set/real");
      store.list("linked/", blob -> assertThat(blob).isNull());
      for (String key : List.of("set/link", "linked/file", "set/loop/set/real")) {
        assertThat(failureOf(() -> store.open(new BlobKey(key)).close()).kind())
            .isEqualTo(FailureKind.NOT_FOUND);
        assertThat(store.localFile(new BlobKey(key))).isEmpty();
        store.delete(new BlobKey(key));
      }
      assertThat(failureOf(() -> write(new BlobKey("linked/new"), "x")))
          .hasMessageContaining("symbolic link");
    }
    assertThat(outside.resolve("file")).hasContent("secret");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void a_control_folder_that_is_a_link_is_not_written_through() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside/tmp"));
    Files.writeString(outside.resolve("precious"), "x");
    Files.createDirectories(root());
    Files.createSymbolicLink(root().resolve(".holdfast"), outside.getParent());

    try (LocalBlobStore store = store()) {
      assertThat(failureOf(() -> write(KEY, "x"))).hasMessageContaining("symbolic link");
      assertThat(failureOf(store::clearAbandoned)).hasMessageContaining("symbolic link");
    }
    assertThat(outside).isDirectoryContaining(file -> file.endsWith("precious"));
  }

  @Test
  void a_root_that_is_a_link_is_the_operators_choice() throws IOException {
    Path real = Files.createDirectories(temporary.resolve("real"));
    Files.createSymbolicLink(root(), real);

    write(KEY, "x");

    assertThat(real.resolve(KEY.value())).hasContent("x");
    assertThat(keys()).containsExactly(KEY.value());
  }

  @Test
  void what_mkfs_and_our_own_workshop_hold_is_not_listed() throws IOException {
    write(KEY, "x");
    Files.createDirectories(root().resolve("lost+found"));
    Files.writeString(root().resolve("lost+found/#1"), "x");
    Files.writeString(root().resolve(".holdfast/tmp/left"), "x");

    assertThat(keys()).containsExactly(KEY.value());
    try (LocalBlobStore store = store()) {
      BlobKey temporaryFile = new BlobKey(".holdfast/tmp/left");
      store.list(".holdfast/tmp/", blob -> assertThat(blob).isNull());
      assertThat(failureOf(() -> store.stat(temporaryFile)).kind())
          .isEqualTo(FailureKind.NOT_FOUND);
      assertThat(failureOf(() -> write(temporaryFile, "x")).kind()).isEqualTo(FailureKind.STORAGE);
    }
  }

  @Test
  void clearing_takes_leftovers_only_and_then_the_empty_workshop() throws IOException {
    write(KEY, "x");
    Files.writeString(root().resolve(".holdfast/tmp/left"), "x");
    Files.createSymbolicLink(root().resolve(".holdfast/tmp/link"), temporary.resolve("precious"));
    Files.writeString(temporary.resolve("precious"), "x");

    try (LocalBlobStore store = store()) {
      store.clearAbandoned();
      store.clearAbandoned();
    }

    assertThat(root().resolve(".holdfast")).doesNotExist();
    assertThat(temporary.resolve("precious")).exists();
    assertThat(keys()).containsExactly(KEY.value());
  }

  @Test
  void a_writer_whose_bytes_were_cleared_away_publishes_nothing() throws IOException {
    try (LocalBlobStore store = store();
        BlobWriter writer = store.create(KEY)) {
      writer.body().write(1);
      store.clearAbandoned();

      assertThat(failureOf(writer::commit).kind()).isEqualTo(FailureKind.STORAGE);
    }
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_root_that_is_a_file_is_named() throws IOException {
    Files.writeString(root(), "x");
    try (LocalBlobStore store = store()) {
      for (StorageFailure failure :
          List.of(failureOf(() -> store.list("", blob -> {})), failureOf(() -> write(KEY, "x")))) {
        assertThat(failure).hasMessageContaining(root().toString());
        assertThat(failure.hint()).contains("in the way");
      }
      assertThat(failureOf(() -> store.stat(KEY)).kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  @Test
  void a_blob_where_a_folder_would_have_to_be_is_named() throws IOException {
    write(new BlobKey("set"), "x");

    assertThat(failureOf(() -> write(KEY, "x")))
        .hasMessageContaining(root().resolve("set").toString());
    assertThat(keys()).containsExactly("set");
    try (LocalBlobStore store = store()) {
      assertThat(failureOf(() -> store.stat(KEY)).kind()).isEqualTo(FailureKind.NOT_FOUND);
      store.delete(KEY);
      store.list("set/", blob -> assertThat(blob).isNull());
    }
  }

  @Test
  void a_name_too_long_for_the_file_system_is_a_failure_that_says_so() {
    BlobKey tooLong = new BlobKey("set/" + "x".repeat(256));

    assertThat(failureOf(() -> write(tooLong, "x"))).hasMessageContaining("File name too long");
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_write_that_failed_keeps_failing_and_so_does_its_close() throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      LocalBody body = new LocalBody(full, root().resolve("x"));
      body.write(new byte[1000]);

      StorageFailure first = failureOf(body::flush);
      assertThat(first.kind()).isEqualTo(FailureKind.STORAGE_FULL);
      assertThat(first)
          .hasMessageContaining("No space left on " + root())
          .hasMessageContaining(" free");
      assertThat(first.hint()).isNotEmpty();
      assertThat(failureOf(() -> body.write(1))).isSameAs(first);
      assertThat(failureOf(() -> body.write(new byte[1 << 20]))).isSameAs(first);
      assertThat(failureOf(body::close)).isSameAs(first);
    }
  }

  @Test
  void a_read_from_a_folder_that_nobody_may_write_to_leaves_it_alone() throws IOException {
    write(KEY, "x");
    Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("r-x------"));
    try (LocalBlobStore store = store();
        InputStream in = store.open(KEY)) {
      assertThat(in.readAllBytes()).hasSize(1);
      assertThat(keys()).containsExactly(KEY.value());
      assertThat(store.freeBytes().orElse(-1)).isPositive();
    } finally {
      Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  private Path root() {
    return temporary.resolve("root");
  }

  private LocalBlobStore store() {
    return new LocalBlobStore(root());
  }

  private void write(BlobKey key, String text) throws IOException {
    try (LocalBlobStore store = store();
        BlobWriter writer = store.create(key)) {
      writer.body().write(text.getBytes(StandardCharsets.UTF_8));
      writer.commit();
    }
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    try (LocalBlobStore store = store()) {
      store.list("", blob -> keys.add(blob.key().value()));
    }
    return keys;
  }

  private static StorageFailure failureOf(ThrowingCallable call) {
    StorageFailure failure = catchThrowableOfType(StorageFailure.class, call);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private static Path onlyFileIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
