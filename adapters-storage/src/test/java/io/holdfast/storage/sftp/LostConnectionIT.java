package io.holdfast.storage.sftp;

import static io.holdfast.storage.sftp.SftpFixture.KEY;
import static io.holdfast.storage.sftp.SftpFixture.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that are cut, servers that are gone, networks that are silent. */
@Timeout(120)
@DisabledIf(
    value = "io.holdfast.storage.sftp.SshServer#isMissing",
    disabledReason = "NOT SHOWN: there is no /usr/sbin/sshd (apt-get install openssh-server)")
class LostConnectionIT {

  @TempDir private Path folder;
  private SshServer server;
  private Path root;

  @BeforeEach
  void startServer() throws Exception {
    server = SshServer.start(folder.resolve("server"));
    root = folder.resolve("root");
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
  }

  @Test
  void a_write_goes_on_when_its_connection_is_cut() throws Exception {
    try (BlobStore store = open("30s");
        BlobWriter writer = store.create(KEY)) {
      for (int i = 0; i < 30; i++) {
        SftpFixture.write(writer.body(), i, i + 1);
        if (i % 7 == 3) {
          server.cutConnections();
        }
      }
      server.cutConnections();
      writer.commit();

      assertThat(SftpFixture.isWhole(store, KEY, 30)).isTrue();
    }
    assertThat(SftpFixture.files(root)).containsExactly("set/file");
  }

  @Test
  void a_read_goes_on_when_its_connection_is_cut() throws Exception {
    try (BlobStore store = open("30s")) {
      SftpFixture.commit(store, KEY, 30);
      try (InputStream in = store.open(KEY)) {
        for (int i = 0; i < 30; i++) {
          assertThat(SftpFixture.reads(in, i, i + 1)).isTrue();
          if (i % 7 == 3) {
            server.cutConnections();
          }
        }
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void a_transfer_survives_a_restart_of_the_server() throws Exception {
    try (BlobStore store = open("30s");
        BlobWriter writer = store.create(KEY)) {
      SftpFixture.write(writer.body(), 0, 10);
      server.kill();
      Future<Boolean> restarted =
          inBackground(
              () -> {
                TimeUnit.SECONDS.sleep(2);
                server.restart();
                return true;
              });
      SftpFixture.write(writer.body(), 10, 20);
      writer.commit();

      assertThat(restarted.get()).isTrue();
      assertThat(SftpFixture.isWhole(store, KEY, 20)).isTrue();
    }
  }

  @Test
  void a_server_that_is_gone_is_told_of_and_the_rest_is_cleared_later() throws Exception {
    try (BlobStore store = open("1s")) {
      BlobWriter writer = store.create(KEY);
      SftpFixture.write(writer.body(), 0, 5);
      server.kill();

      StorageFailure gone =
          catchThrowableOfType(StorageFailure.class, () -> SftpFixture.write(writer.body(), 5, 30));
      assertThat(gone.kind()).isEqualTo(FailureKind.STORAGE_UNREACHABLE);
      assertThat(gone.kind().isTemporary()).isTrue();
      assertThat(gone).hasMessageContaining("127.0.0.1").hasMessageContaining("refused");
      assertThat(catchThrowable(writer::commit)).isSameAs(gone);
      assertThat(catchThrowableOfType(StorageFailure.class, writer::close).kind())
          .isEqualTo(FailureKind.STORAGE_UNREACHABLE);

      server.restart();
      assertThat(SftpFixture.keys(store)).isEmpty();
      store.clearAbandoned();
      assertThat(root).isEmptyDirectory();
    }
  }

  @Test
  void an_abort_after_a_cut_removes_the_rest_over_a_new_connection() throws Exception {
    try (BlobStore store = open("30s")) {
      BlobWriter writer = store.create(KEY);
      SftpFixture.write(writer.body(), 0, 5);
      server.cutConnections();
      writer.close();
    }
    assertThat(SftpFixture.files(root)).isEmpty();
  }

  @Test
  void a_silence_of_some_seconds_fails_nothing() throws Exception {
    try (BlobStore store = open("60s")) {
      SftpFixture.commit(store, KEY, 20);
      try (InputStream in = store.open(KEY);
          BlobWriter writer = store.create(new BlobKey("set/other"))) {
        assertThat(SftpFixture.reads(in, 0, 1)).isTrue();
        SftpFixture.write(writer.body(), 0, 1);
        server.freeze();
        Future<Boolean> thawed =
            inBackground(
                () -> {
                  TimeUnit.SECONDS.sleep(5);
                  server.thaw();
                  return true;
                });
        SftpFixture.write(writer.body(), 1, 20);
        writer.commit();
        assertThat(SftpFixture.reads(in, 1, 20)).isTrue();
        assertThat(thawed.get()).isTrue();
      }
      assertThat(SftpFixture.isWhole(store, new BlobKey("set/other"), 20)).isTrue();
    }
  }

  @Test
  void a_server_that_stays_silent_is_given_up() throws Exception {
    try (BlobStore store = open("1s")) {
      SftpFixture.commit(store, KEY, 1);
      server.freeze();
      try {
        assertThat(catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY)).kind())
            .isEqualTo(FailureKind.STORAGE_UNREACHABLE);
      } finally {
        server.thaw();
      }
      assertThat(store.stat(KEY).bytes()).isEqualTo(MEGABYTE);
    }
  }

  @Test
  void a_silent_server_is_given_up_also_by_a_writer_that_is_stuck_in_sending() throws Exception {
    try (BlobStore store = open("1s")) {
      try (BlobWriter writer = store.create(KEY)) {
        server.freeze();
        StorageFailure silent =
            catchThrowableOfType(
                StorageFailure.class, () -> SftpFixture.write(writer.body(), 0, 60));
        server.thaw();
        assertThat(silent.kind()).isEqualTo(FailureKind.STORAGE_UNREACHABLE);
      }
      assertThat(SftpFixture.files(root)).isEmpty();
    }
  }

  @Test
  void an_interrupted_thread_waits_for_a_silent_server_no_longer() throws Exception {
    try (BlobStore store = open("60s")) {
      SftpFixture.commit(store, KEY, 1);
      server.freeze();
      StorageFailure interrupted;
      try {
        Thread.currentThread().interrupt();
        interrupted = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));
        assertThat(Thread.interrupted()).isTrue();
      } finally {
        server.thaw();
      }
      assertThat(interrupted).hasMessageContaining("Interrupted");
      assertThat(interrupted.kind().isTemporary()).isFalse();
      assertThat(store.stat(KEY).bytes()).isEqualTo(MEGABYTE);
    }
  }

  @ParameterizedTest
  @CsvSource({"hardlink,''", "fsync,''", "remove,''", "mkdir,''", "rename,-P hardlink"})
  void what_was_done_when_the_answer_was_lost_is_found_out(String request, String options)
      throws Exception {
    Path marker = folder.resolve("cut");
    try (SshServer cutting =
            SshServer.start(
                folder.resolve("cutting"), CuttingSftpServer.subsystem(request, marker, options));
        BlobStore store = new SftpBlobStoreProvider().open(cutting.settings(root, Map.of()))) {
      SftpFixture.commit(store, KEY, 2);

      assertThat(marker).exists();
      assertThat(SftpFixture.isWhole(store, KEY, 2)).isTrue();
      assertThat(SftpFixture.files(root)).containsExactly("set/file");
      assertThat(store.stat(KEY).modified())
          .isAfter(Files.getLastModifiedTime(marker).toInstant().minusSeconds(60));
    }
  }

  @Test
  void a_folder_that_another_writer_makes_and_removes_meanwhile_is_made_again() throws Exception {
    Path marker = folder.resolve("refused");
    try (SshServer racing =
            SshServer.start(
                folder.resolve("racing"),
                CuttingSftpServer.subsystem(CuttingSftpServer.REFUSED, marker, ""));
        BlobStore store = new SftpBlobStoreProvider().open(racing.settings(root, Map.of()))) {
      SftpFixture.commit(store, KEY, 2);

      assertThat(marker).exists();
      assertThat(SftpFixture.isWhole(store, KEY, 2)).isTrue();
    }
  }

  @Test
  void a_key_that_another_writer_took_in_the_meantime_is_not_ours() throws Exception {
    Path marker = folder.resolve("cut");
    try (SshServer cutting =
            SshServer.start(
                folder.resolve("cutting"), CuttingSftpServer.subsystem("hardlink", marker, ""));
        BlobStore store = new SftpBlobStoreProvider().open(cutting.settings(root, Map.of()))) {
      Files.createDirectories(root.resolve("set"));
      Files.writeString(root.resolve("set/file"), "theirs");

      StorageFailure taken =
          catchThrowableOfType(StorageFailure.class, () -> SftpFixture.commit(store, KEY, 1));

      assertThat(marker).exists();
      assertThat(taken.kind()).isEqualTo(FailureKind.ALREADY_EXISTS);
      assertThat(root.resolve("set/file")).hasContent("theirs");
      assertThat(SftpFixture.files(root)).containsExactly("set/file");
    }
  }

  @Test
  void nobody_at_the_port_is_unreachable_and_tells_what_to_try() throws Exception {
    server.kill();
    try (BlobStore store = open("60s")) {
      StorageFailure refused = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));
      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE_UNREACHABLE);
      assertThat(refused.getMessage()).contains("Connection refused", "" + server.port());
      assertThat(refused.hint()).contains("sftp -P " + server.port());
    }
  }

  private BlobStore open(String timeout) {
    return new SftpBlobStoreProvider().open(server.settings(root, Map.of("timeout", timeout)));
  }

  private static Future<Boolean> inBackground(Callable<Boolean> work) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Boolean> future = thread.submit(work);
    thread.shutdown();
    return future;
  }
}
