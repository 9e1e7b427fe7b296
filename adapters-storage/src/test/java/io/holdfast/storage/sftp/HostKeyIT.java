package io.holdfast.storage.sftp;

import static io.holdfast.storage.sftp.SftpFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are known, unknown, or not who they were; and how they are made known. */
@Timeout(120)
@DisabledIf(
    value = "io.holdfast.storage.sftp.SshServer#isMissing",
    disabledReason = "NOT SHOWN: there is no /usr/sbin/sshd (apt-get install openssh-server)")
class HostKeyIT {

  @TempDir private Path folder;
  private SshServer server;
  private final List<ServerKey> shown = new ArrayList<>();

  @BeforeEach
  void startServer() throws Exception {
    server = SshServer.start(folder.resolve("server"));
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
  }

  @Test
  void an_unknown_server_is_not_logged_in_to() throws Exception {
    Files.delete(server.knownHosts());

    StorageFailure refused = refusal(settings());

    assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
    assertThat(refused.getMessage())
        .contains("not known", "[127.0.0.1]:" + server.port(), "ssh-ed25519", fingerprint());
    assertThat(refused.hint()).contains("holdfast target trust nas");
    assertThat(Files.readString(server.folder().resolve("sshd.log"))).doesNotContain("Accepted");
  }

  @Test
  void a_server_with_another_key_than_before_is_not_logged_in_to() throws Exception {
    String before = fingerprint();
    renewKey();

    StorageFailure refused = refusal(settings());

    assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
    assertThat(refused.getMessage()).contains("has changed", before, fingerprint());
    assertThat(refused.hint()).contains("stand in between", "holdfast target trust nas");
  }

  @Test
  void a_revoked_key_is_never_accepted() throws Exception {
    String line = Files.readString(server.knownHosts());
    Files.writeString(server.knownHosts(), line + "@revoked * " + line.split(" ", 2)[1]);

    assertThat(refusal(settings())).hasMessageContaining("revoked");
    assertThat(
            catchThrowableOfType(
                StorageFailure.class,
                () -> new SftpBlobStoreProvider().trust(settings(), key -> true)))
        .hasMessageContaining("revoked");
  }

  @Test
  void hashed_names_and_other_lines_are_understood() throws Exception {
    SshServer.run(List.of("ssh-keygen", "-q", "-H", "-f", server.knownHosts().toString()));
    Files.writeString(
        server.knownHosts(),
        "# comment\n\ngarbage\nother ssh-rsa AAAA x\n" + Files.readString(server.knownHosts()));

    assertThat(Files.readString(server.knownHosts())).contains("|1|");
    assertLogsIn(settings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa"})
  void a_server_with_several_keys_shows_the_one_that_is_known(String type) throws Exception {
    Path other = folder.resolve(type);
    SshServer.makeKey(other, type, "");
    try (SshServer several = SshServer.start(folder.resolve("several"), "HostKey " + other)) {
      String key = Files.readString(Path.of(other + ".pub"));
      Files.writeString(several.knownHosts(), "[127.0.0.1]:" + several.port() + " " + key);

      assertLogsIn(several.settings(folder.resolve("root"), Map.of()));
    }
  }

  @Test
  void trusting_pins_the_key_for_its_owner_alone() throws Exception {
    Path fresh = folder.resolve("new/known_hosts");
    Settings settings =
        server.settings(folder.resolve("root"), Map.of("known-hosts", fresh.toString()));

    trust(settings, true);

    assertThat(shown)
        .containsExactly(
            new ServerKey(
                "[127.0.0.1]:" + server.port(),
                "ssh-ed25519",
                fingerprint(),
                ServerKey.State.UNKNOWN,
                Optional.empty(),
                fresh.toString()));
    assertThat(Files.getPosixFilePermissions(fresh))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(fresh).hasSameTextualContentAs(server.knownHosts());
    assertLogsIn(settings);

    trust(settings, true);
    assertThat(shown.get(1).state()).isEqualTo(ServerKey.State.TRUSTED);
    assertThat(shown.get(1).pinned()).contains(fingerprint());
    assertThat(fresh).hasSameTextualContentAs(server.knownHosts());
  }

  @Test
  void a_key_that_is_not_accepted_is_not_pinned() throws Exception {
    Path fresh = folder.resolve("known_hosts");
    trust(server.settings(folder.resolve("root"), Map.of("known-hosts", fresh.toString())), false);

    assertThat(shown).hasSize(1);
    assertThat(fresh).doesNotExist();
  }

  @Test
  void trusting_a_changed_key_replaces_the_old_one_and_no_other() throws Exception {
    String before = fingerprint();
    String others =
        "# mine\nother ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJvZ3VzIGtleSBvZiBhbm90aGVyIGhvc3Qh";
    Files.writeString(
        server.knownHosts(), others + "\n" + Files.readString(server.knownHosts()).strip());
    renewKey();

    trust(settings(), true);

    assertThat(shown.get(0).state()).isEqualTo(ServerKey.State.CHANGED);
    assertThat(shown.get(0).pinned()).contains(before);
    assertThat(Files.readAllLines(server.knownHosts()))
        .hasSize(3)
        .startsWith(others.split("\n", -1))
        .last()
        .asString()
        .contains(publicKey());
    assertLogsIn(settings());
  }

  @Test
  void servers_are_jumped_through_and_trusted_one_after_the_other() throws Exception {
    Path fresh = folder.resolve("known_hosts");
    try (SshServer jump = SshServer.start(folder.resolve("jump"))) {
      jump.authorize(server.folder().resolve("id.pub"));
      Settings settings =
          server.settings(
              folder.resolve("root"),
              Map.of(
                  "known-hosts",
                  fresh.toString(),
                  "via",
                  SshServer.user() + "@127.0.0.1:" + jump.port()));

      assertThat(refusal(settings)).hasMessageContaining("[127.0.0.1]:" + jump.port());
      trust(settings, true);

      assertThat(shown)
          .extracting(ServerKey::server)
          .containsExactly("[127.0.0.1]:" + jump.port(), "[127.0.0.1]:" + server.port());
      try (BlobStore store = new SftpBlobStoreProvider().open(settings)) {
        SftpFixture.commit(store, KEY, 5);
        assertThat(SftpFixture.isWhole(store, KEY, 5)).isTrue();
        jump.cutConnections();
        assertThat(SftpFixture.keys(store)).containsExactly("set/file");
      }
    }
  }

  @Test
  void a_server_behind_one_that_is_not_accepted_is_not_reached() throws Exception {
    try (SshServer jump = SshServer.start(folder.resolve("jump"))) {
      trust(
          server.settings(
              folder.resolve("root"),
              Map.of(
                  "known-hosts",
                  folder.resolve("known_hosts").toString(),
                  "via",
                  SshServer.user() + "@127.0.0.1:" + jump.port())),
          false);

      assertThat(shown).hasSize(1);
    }
  }

  @Test
  void a_jump_that_forwards_nothing_says_so() throws Exception {
    try (SshServer jump = SshServer.start(folder.resolve("jump"), "AllowTcpForwarding no")) {
      jump.authorize(server.folder().resolve("id.pub"));
      Files.writeString(
          server.knownHosts(),
          Files.readString(server.knownHosts()) + Files.readString(jump.knownHosts()));
      Settings settings =
          server.settings(
              folder.resolve("root"),
              Map.of("via", SshServer.user() + "@127.0.0.1:" + jump.port()));

      StorageFailure refused = refusal(settings);

      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(refused.hint()).contains("AllowTcpForwarding");
    }
  }

  private Settings settings() {
    return server.settings(folder.resolve("root"), Map.of());
  }

  private void trust(Settings settings, boolean accepted) {
    new SftpBlobStoreProvider()
        .trust(
            settings,
            key -> {
              shown.add(key);
              return accepted;
            });
  }

  private static StorageFailure refusal(Settings settings) {
    try (BlobStore store = new SftpBlobStoreProvider().open(settings)) {
      return catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));
    }
  }

  private static void assertLogsIn(Settings settings) {
    try (BlobStore store = new SftpBlobStoreProvider().open(settings)) {
      assertThat(SftpFixture.keys(store)).isEmpty();
    }
  }

  private void renewKey() throws Exception {
    server.kill();
    Files.delete(server.folder().resolve("host_ed25519"));
    Files.delete(server.folder().resolve("host_ed25519.pub"));
    SshServer.makeKey(server.folder().resolve("host_ed25519"), "ed25519", "");
    server.restart();
  }

  private String publicKey() throws IOException {
    return Files.readString(server.folder().resolve("host_ed25519.pub")).split(" ", -1)[1];
  }

  /** As ssh-keygen tells it, which is not us. */
  private String fingerprint() throws Exception {
    Process process =
        new ProcessBuilder(
                "ssh-keygen", "-lf", server.folder().resolve("host_ed25519.pub").toString())
            .start();
    return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .split(" ", -1)[1];
  }
}
