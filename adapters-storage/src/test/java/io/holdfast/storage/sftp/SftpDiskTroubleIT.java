package io.holdfast.storage.sftp;

import static io.holdfast.storage.sftp.SftpFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the disk behind a server, and servers that are sparing. */
@Timeout(120)
@DisabledIf(
    value = "io.holdfast.storage.sftp.SshServer#isMissing",
    disabledReason = "NOT SHOWN: there is no /usr/sbin/sshd (apt-get install openssh-server)")
class SftpDiskTroubleIT {

  @TempDir private Path folder;

  @Test
  @EnabledIf(
      value = "io.holdfast.storage.sftp.SftpFixture#isRoot",
      disabledReason = "NOT SHOWN: mounting a small disk needs root")
  void a_full_disk_is_named_with_its_space_and_nothing_is_left_on_it() throws Exception {
    Path disk = mount("size=20m");
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, disk.resolve("holdfast"))) {
      SftpFixture.commit(store, new BlobKey("set/kept"), 1);
      final long freeBefore = store.freeBytes().orElseThrow();

      StorageFailure full =
          catchThrowableOfType(StorageFailure.class, () -> SftpFixture.commit(store, KEY, 40));

      assertThat(full.kind()).isEqualTo(FailureKind.STORAGE_FULL);
      assertThat(full.getMessage()).contains("No space left on", "holdfast", "of 20 MB free");
      assertThat(full.hint()).contains("larger");
      assertThat(SftpFixture.files(disk)).containsExactly("holdfast/set/kept");
      assertThat(store.freeBytes().orElseThrow()).isEqualTo(freeBefore);
    } finally {
      SshServer.run(List.of("umount", disk.toString()));
    }
  }

  @Test
  @EnabledIf(
      value = "io.holdfast.storage.sftp.SftpFixture#isRoot",
      disabledReason = "NOT SHOWN: mounting read-only needs root")
  void a_read_only_disk_can_be_read_and_says_why_it_cannot_be_written() throws Exception {
    Path disk = mount("size=20m");
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, disk)) {
      SftpFixture.commit(store, KEY, 1);
      SshServer.run(List.of("mount", "-o", "remount,ro", disk.toString()));

      assertThat(SftpFixture.isWhole(store, KEY, 1)).isTrue();
      StorageFailure refused =
          catchThrowableOfType(
              StorageFailure.class, () -> SftpFixture.commit(store, new BlobKey("other"), 1));
      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(refused).hasMessageContaining("read-only");
      assertThat(catchThrowableOfType(StorageFailure.class, () -> store.delete(KEY)))
          .hasMessageContaining("read-only");
    } finally {
      SshServer.run(List.of("umount", disk.toString()));
    }
  }

  @Test
  void a_folder_without_rights_is_named_with_the_user() throws Exception {
    Path root = Files.createDirectories(folder.resolve("foreign/holdfast"));
    // Root may write everywhere, so that his server gives up that right.
    String subsystem =
        SftpFixture.isRoot()
            ? "Subsystem sftp /usr/bin/setpriv --bounding-set -dac_override,-dac_read_search,-fowner"
                + " /usr/lib/openssh/sftp-server"
            : "Subsystem sftp internal-sftp";
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-x------"));
    try (SshServer server = SshServer.start(folder.resolve("server"), subsystem);
        BlobStore store = open(server, root)) {
      StorageFailure refused =
          catchThrowableOfType(StorageFailure.class, () -> SftpFixture.commit(store, KEY, 1));

      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(refused.getMessage()).contains("Permission denied", root.toString());
      assertThat(refused.hint()).contains(SshServer.user(), "ls -ld");
    } finally {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void links_below_the_root_lead_nowhere() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "precious");
    Files.createSymbolicLink(root.resolve("linked"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("precious"));
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, root)) {
      assertThat(SftpFixture.keys(store)).isEmpty();
      for (String key : List.of("linked/precious", "file")) {
        assertThat(
                catchThrowableOfType(StorageFailure.class, () -> store.stat(new BlobKey(key)))
                    .kind())
            .isEqualTo(FailureKind.NOT_FOUND);
        store.delete(new BlobKey(key));
      }
      assertThat(
              catchThrowableOfType(
                  StorageFailure.class,
                  () -> SftpFixture.commit(store, new BlobKey("linked/new"), 1)))
          .hasMessageContaining("symbolic link");
      assertThat(SftpFixture.files(outside)).containsExactly("precious");
    }
  }

  @Test
  void a_root_behind_a_link_is_the_operators_business() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real"));
    Path root = Files.createSymbolicLink(folder.resolve("root"), real);
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, root)) {
      SftpFixture.commit(store, KEY, 1);

      assertThat(SftpFixture.files(real)).containsExactly("set/file");
      assertThat(SftpFixture.keys(store)).containsExactly("set/file");
    }
  }

  @Test
  void folders_and_files_are_for_their_owner_alone() throws Exception {
    Path root = folder.resolve("deep/root");
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, root)) {
      SftpFixture.commit(store, KEY, 1);

      for (Path made : List.of(folder.resolve("deep"), root, root.resolve("set"))) {
        assertThat(Files.getPosixFilePermissions(made))
            .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      }
      assertThat(Files.getPosixFilePermissions(root.resolve("set/file")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void keys_are_exchanged_anew_in_the_middle_of_transfers() throws Exception {
    try (SshServer server = SshServer.start(folder.resolve("server"), "RekeyLimit 3M");
        BlobStore store = open(server, folder.resolve("root"))) {
      SftpFixture.commit(store, KEY, 40);

      assertThat(SftpFixture.isWhole(store, KEY, 40)).isTrue();
    }
  }

  @Test
  void a_server_that_opens_one_session_a_connection_serves_many_transfers() throws Exception {
    try (SshServer server = SshServer.start(folder.resolve("server"), "MaxSessions 1");
        BlobStore store = open(server, folder.resolve("root"))) {
      SftpFixture.commit(store, KEY, 1);
      List<InputStream> streams = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        streams.add(store.open(KEY));
      }
      for (InputStream in : streams) {
        assertThat(SftpFixture.reads(in, 0, 1)).isTrue();
        in.close();
      }
    }
  }

  @Test
  void a_server_without_extensions_is_described() throws Exception {
    String bare = "Subsystem sftp internal-sftp -P hardlink,fsync,statvfs,posix-rename";
    try (SshServer whole = SshServer.start(folder.resolve("whole"));
        SshServer sparing = SshServer.start(folder.resolve("sparing"), bare);
        BlobStore one = open(whole, folder.resolve("root"));
        BlobStore other = open(sparing, folder.resolve("root"))) {
      assertThat(one.features())
          .containsExactly("aes128-gcm@openssh.com", "fsync", "hard links", "tells its free space");
      assertThat(other.features())
          .anyMatch(feature -> feature.startsWith("no fsync"))
          .anyMatch(feature -> feature.startsWith("no hard links"));
      assertThat(one.freeBytes()).isPresent();
      assertThat(other.freeBytes()).isEmpty();
    }
  }

  @Test
  void a_server_without_sftp_says_so() throws Exception {
    try (SshServer server =
            SshServer.start(folder.resolve("server"), "Subsystem other internal-sftp");
        BlobStore store = open(server, folder.resolve("root"))) {
      StorageFailure none = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));

      assertThat(none.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(none).hasMessageContaining("does not speak SFTP");
    }
  }

  @Test
  void names_that_are_no_text_do_not_hide_the_others() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    try (SshServer server = SshServer.start(folder.resolve("server"));
        BlobStore store = open(server, root)) {
      SftpFixture.commit(store, KEY, 1);
      SshServer.run(
          List.of(
              "sh",
              "-c",
              "mkdir \"$0/$(printf 'f\\377')\" && touch \"$0/$(printf 'f\\377')/x\"",
              root.toString()));

      assertThat(SftpFixture.keys(store)).containsExactly("f\uFFFD/x", "set/file");
    }
  }

  @Test
  void a_dead_writers_rest_is_cleared_and_its_claim_does_not_block() throws Exception {
    Path root = folder.resolve("root");
    String bare = "Subsystem sftp internal-sftp -P hardlink";
    try (SshServer server = SshServer.start(folder.resolve("server"), bare);
        BlobStore store = open(server, root)) {
      SftpFixture.commit(store, KEY, 1);
      BlobWriter dead = store.create(new BlobKey("set/dead"));
      SftpFixture.write(dead.body(), 0, 3);
      dead.body().flush();

      store.clearAbandoned();

      assertThat(SftpFixture.files(root)).containsExactly("set/file");
      dead.close();
    }
  }

  private Path mount(String options) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    SshServer.run(
        List.of("mount", "-t", "tmpfs", "-o", options, "holdfast-sftp-test", disk.toString()));
    return disk;
  }

  private static BlobStore open(SshServer server, Path root) {
    return new SftpBlobStoreProvider().open(server.settings(root, Map.of()));
  }
}
