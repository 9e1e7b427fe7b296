package io.holdfast.storage.sftp;

import static io.holdfast.storage.sftp.SftpFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of every kind and format, ssh-agent, and what is told when they do not fit. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@DisabledIf(
    value = "io.holdfast.storage.sftp.SshServer#isMissing",
    disabledReason = "NOT SHOWN: there is no /usr/sbin/sshd (apt-get install openssh-server)")
class AuthenticationIT {

  private static final String WORD = "p4ss phr\u00e4se";

  private SshServer server;
  private Path root;
  private Path keys;

  @BeforeAll
  void startServer(@TempDir Path serverFolder, @TempDir Path keyFolder) throws Exception {
    server = SshServer.start(serverFolder);
    keys = keyFolder;
    root = keyFolder.resolve("root");
  }

  @AfterAll
  void stopServer() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519,256,RFC4716",
    "rsa,3072,RFC4716",
    "rsa,2048,PEM",
    "rsa,2048,PKCS8",
    "ecdsa,256,RFC4716",
    "ecdsa,384,PEM",
    "ecdsa,521,PKCS8",
  })
  void a_key_of_every_kind_and_format_logs_in(String type, String bits, String format)
      throws Exception {
    // The JDK decrypts PKCS #8 by a passphrase of ASCII alone.
    for (String passphrase : List.of("", format.equals("PKCS8") ? "p4ss phrase" : WORD)) {
      Path key = keys.resolve(type + bits + format + passphrase.length());
      SshServer.makeKey(key, type, passphrase, "-b", bits, "-m", format);
      server.authorize(Path.of(key + ".pub"));
      Map<String, Secret> secrets =
          passphrase.isEmpty() ? Map.of() : Map.of("passphrase", SshServer.secret(passphrase));

      assertLogsIn(settings(Map.of("private-key", key.toString()), secrets));
      Map<String, Secret> whole = new HashMap<>(secrets);
      whole.put("private-key", SshServer.secret(Files.readString(key)));
      assertLogsIn(settings(Map.of(), whole));

      if (!passphrase.isEmpty()) {
        assertThat(refusal(Map.of("private-key", key.toString()), Map.of()))
            .hasMessageContaining("encrypted")
            .hasMessageContaining("passphrase");
        ConfigurationFailure wrong =
            refusal(
                Map.of("private-key", key.toString()),
                Map.of("passphrase", SshServer.secret("another")));
        assertThat(wrong).hasMessageContaining("passphrase is another one");
        assertThat(wrong.getMessage() + wrong.hint()).doesNotContain(WORD).doesNotContain("MII");
      }
    }
  }

  @Test
  void a_key_that_the_server_does_not_know_is_refused_for_good() throws Exception {
    Path key = keys.resolve("stranger");
    SshServer.makeKey(key, "ed25519", "");
    try (BlobStore store = open(settings(Map.of("private-key", key.toString()), Map.of()))) {
      StorageFailure refused = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));

      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(refused.getMessage())
          .contains("does not let user " + SshServer.user() + " in", "private key", "publickey");
      assertThat(refused.hint()).contains("authorized_keys");
    }
  }

  @Test
  void a_key_that_others_may_read_is_refused_as_ssh_does() throws Exception {
    Path key = keys.resolve("open");
    SshServer.makeKey(key, "ed25519", "");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(refusal(Map.of("private-key", key.toString()), Map.of()))
        .hasMessageContaining("others")
        .hasMessageContaining("chmod 600 " + key);
  }

  @Test
  void keys_of_an_agent_log_in() throws Exception {
    Path socket = keys.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("agent.log").toFile())
            .start();
    try {
      for (int i = 0; i < 500 && Files.notExists(socket); i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      for (String type : List.of("ed25519", "rsa", "ecdsa")) {
        Path key = keys.resolve("agent_" + type);
        SshServer.makeKey(key, type, "");
        server.authorize(Path.of(key + ".pub"));
        agentCommand(socket, "ssh-add", "-q", key.toString());
        Settings settings = settings(Map.of("agent", "true"), Map.of());
        Account account = new Account(SshServer.user(), keys.resolve("home"), Optional.of(socket));
        try (BlobStore store = new SftpBlobStoreProvider(account).open(settings)) {
          assertThat(SftpFixture.keys(store)).isEmpty();
        }
        agentCommand(socket, "ssh-add", "-q", "-D");
      }
      Account account = new Account(SshServer.user(), keys.resolve("home"), Optional.of(socket));
      try (BlobStore store =
          new SftpBlobStoreProvider(account).open(settings(Map.of("agent", "true"), Map.of()))) {
        assertThat(catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY)))
            .hasMessageContaining("keys of ssh-agent");
      }
    } finally {
      agent.destroy();
      agent.waitFor();
    }
  }

  @Test
  void an_agent_that_has_ended_is_told_of() throws Exception {
    Account account =
        new Account(
            SshServer.user(), keys.resolve("home"), Optional.of(keys.resolve("no-such-socket")));
    try (BlobStore store =
        new SftpBlobStoreProvider(account).open(settings(Map.of("agent", "true"), Map.of()))) {
      StorageFailure gone = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));

      assertThat(gone.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(gone.getMessage()).contains("ssh-agent", "no-such-socket");
    }
  }

  @Test
  void the_keys_of_the_account_are_taken_when_nothing_else_is_said() throws Exception {
    Path home = keys.resolve("home2");
    Files.createDirectories(home.resolve(".ssh"));
    SshServer.makeKey(home.resolve(".ssh/id_ed25519"), "ed25519", "");
    server.authorize(home.resolve(".ssh/id_ed25519.pub"));
    Files.copy(server.knownHosts(), home.resolve(".ssh/known_hosts"));
    Account account = new Account(SshServer.user(), home, Optional.empty());
    Settings bare = new Settings("nas", server.url(root), Map.of(), Map.of());

    try (BlobStore store = new SftpBlobStoreProvider(account).open(bare)) {
      assertThat(SftpFixture.keys(store)).isEmpty();
    }
  }

  private static void agentCommand(Path socket, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Settings settings(Map<String, String> values, Map<String, Secret> secrets) {
    Map<String, String> all = new HashMap<>(values);
    all.put("known-hosts", server.knownHosts().toString());
    return new Settings("nas", server.url(root), all, secrets);
  }

  private static BlobStore open(Settings settings) {
    return new SftpBlobStoreProvider().open(settings);
  }

  private ConfigurationFailure refusal(Map<String, String> values, Map<String, Secret> secrets) {
    return catchThrowableOfType(
        ConfigurationFailure.class, () -> open(settings(values, secrets)).close());
  }

  private static void assertLogsIn(Settings settings) {
    try (BlobStore store = open(settings)) {
      assertThat(SftpFixture.keys(store)).isEmpty();
    }
  }
}
