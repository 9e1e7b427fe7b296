package io.holdfast.storage.sftp;

import static io.holdfast.storage.sftp.SftpFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of another make than OpenSSH, which takes passwords. */
@Timeout(60)
class OtherServerIT {

  private static final String WORD = "p4ssw\u00f6rd of the n\u00e1s";

  @TempDir private Path folder;
  private final SshServer server = SshServer.setUpDefaultServer();

  @BeforeEach
  void startServer() throws Exception {
    server.setHost("127.0.0.1");
    server.setPort(0);
    SimpleGeneratorHostKeyProvider key =
        new SimpleGeneratorHostKeyProvider(folder.resolve("host-key"));
    key.setAlgorithm("EC");
    key.setKeySize(256);
    server.setKeyPairProvider(key);
    server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
    server.setPasswordAuthenticator(
        (user, given, session) -> user.equals("backup") && given.equals(WORD));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    server.stop(true);
  }

  @Test
  void a_password_logs_in_and_a_set_comes_back() throws Exception {
    Settings settings = settings(WORD);
    new SftpBlobStoreProvider().trust(settings, key -> true);
    try (BlobStore store = new SftpBlobStoreProvider().open(settings)) {
      SftpFixture.commit(store, KEY, 5);

      assertThat(SftpFixture.isWhole(store, KEY, 5)).isTrue();
      assertThat(SftpFixture.keys(store)).containsExactly("set/file");
      assertThat(
              catchThrowableOfType(StorageFailure.class, () -> SftpFixture.commit(store, KEY, 1))
                  .kind())
          .isEqualTo(FailureKind.ALREADY_EXISTS);
      store.delete(KEY);
      assertThat(SftpFixture.files(folder.resolve("root"))).isEmpty();
    }
  }

  @Test
  void a_wrong_password_is_refused_for_good_and_told_nowhere() {
    Settings settings = settings("p4ssword of another");
    new SftpBlobStoreProvider().trust(settings, key -> true);
    try (BlobStore store = new SftpBlobStoreProvider().open(settings)) {
      StorageFailure refused = catchThrowableOfType(StorageFailure.class, () -> store.stat(KEY));

      assertThat(refused.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(refused).hasMessageContaining("does not let user backup in with the password");
      assertThat(refused).hasNoSuppressedExceptions();
      assertThat(refused.getMessage() + refused.hint() + settings).doesNotContain("p4ssword");
    }
  }

  private Settings settings(String word) {
    return new Settings(
        "nas",
        URI.create("sftp://backup@127.0.0.1:" + server.getPort() + folder.resolve("root")),
        Map.of("known-hosts", folder.resolve("known_hosts").toString()),
        Map.of("password", io.holdfast.storage.sftp.SshServer.secret(word)));
  }
}
