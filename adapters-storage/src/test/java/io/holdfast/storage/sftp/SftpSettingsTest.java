package io.holdfast.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings mean, and how wrong ones are told. */
class SftpSettingsTest {

  private static final Map<String, Secret> PASSWORD =
      Map.of("password", Secret.of("s3cret".toCharArray()));

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "sftp://backup@nas:2222/srv/backups, backup, nas, 2222, /srv/backups",
    "sftp://nas/srv/backups/, me, nas, 22, /srv/backups",
    "sftp://nas/~/backups, me, nas, 22, backups",
    "sftp://nas//srv/./b, me, nas, 22, /srv/b",
    "sftp://my_nas/srv, me, my_nas, 22, /srv",
    "sftp://a%40b@nas/s%20p%C3%BC, a@b, nas, 22, /s p\u00fc",
    "sftp://u@[::1]:23/x, u, ::1, 23, /x",
  })
  void a_url_names_user_server_port_and_folder(
      String url, String user, String host, int port, String root) {
    SftpTarget target = read(url, Map.of());

    assertThat(target.server()).isEqualTo(new Hop(user, host, port));
    assertThat(target.root().toString()).isEqualTo(root);
  }

  @Test
  void what_is_not_said_has_the_defaults_of_ssh() {
    SftpTarget target = read("sftp://nas/srv", Map.of());

    assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(target.keepAlive()).isEqualTo(Duration.ofSeconds(15));
    assertThat(target.knownHosts().files())
        .containsExactly(home.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
    assertThat(target.location()).isEqualTo("sftp://me@nas/srv");
    assertThat(read("sftp://nas/~/srv", Map.of()).location()).isEqualTo("sftp://me@nas/~/srv");
  }

  @Test
  void jumps_are_read_in_their_order() {
    SftpTarget target =
        read("sftp://nas/srv", Map.of("via", "one@first:2222, second", "timeout", "5m"));

    assertThat(target.hops())
        .containsExactly(
            new Hop("one", "first", 2222), new Hop("me", "second", 22), new Hop("me", "nas", 22));
    assertThat(target.timeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sftp:/srv | names no server",
        "sftp://nas | names no folder",
        "sftp://nas/ | no folder of its own",
        "sftp://nas/~/ | no folder of its own",
        "sftp://nas/a/../b | climbs up",
        "sftp://nas/a?b | after the path",
        "sftp://nas:0/a | names no server",
        "sftp://nas:99999/a | names no server",
        "sftp://backup:s3cret@nas/a | holds a password",
      })
  void a_wrong_url_is_told_with_an_example(String url, String problem) {
    ConfigurationFailure refused = refusal(url, Map.of());

    assertThat(refused).hasMessageContaining(problem).hasMessageContaining("target nas");
    assertThat(refused.getMessage() + refused.hint()).doesNotContain("s3cret");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    ConfigurationFailure refused =
        refusal(
            "sftp://nas/srv",
            Map.of(
                "timeout",
                "soon",
                "keep-alive",
                "-1s",
                "agent",
                "maybe",
                "via",
                "a b",
                "private-key",
                "relative/key",
                "known-hosts",
                home.toString(),
                "colour",
                "red"));

    for (String each :
        List.of(
            "timeout is soon",
            "keep-alive is -1s",
            "expected true or false",
            "via",
            "relative/key",
            "known-hosts is a folder",
            "unknown setting: colour")) {
      assertThat(refused).hasMessageContaining(each);
    }
    assertThat(refused.hint()).contains("private-key", "known-hosts", "via");
  }

  @Test
  void a_key_that_is_not_there_and_nothing_at_all_to_log_in_with_are_told() {
    Path key = home.resolve("no-such-key");
    assertThat(refusal("sftp://nas/srv", Map.of("private-key", key.toString())))
        .hasMessageContaining(key + " cannot be used: there is no such file");
    assertThat(
            catchThrowableOfType(
                ConfigurationFailure.class, () -> read("sftp://nas/srv", Map.of(), Map.of())))
        .hasMessageContaining("nothing to log in with")
        .hasMessageContaining("private-key, agent: true or password");
  }

  @Test
  void a_passphrase_without_its_key_is_told() {
    assertThat(
            catchThrowableOfType(
                ConfigurationFailure.class,
                () ->
                    read(
                        "sftp://nas/srv",
                        Map.of(),
                        Map.of("passphrase", Secret.of("s3cret".toCharArray())))))
        .hasMessageContaining("passphrase is given without private-key");
  }

  @Test
  void an_agent_that_the_account_does_not_have_is_told() {
    assertThat(refusal("sftp://nas/srv", Map.of("agent", "true")))
        .hasMessageContaining("SSH_AUTH_SOCK");
  }

  @Test
  void no_secret_is_in_a_targets_text() {
    SftpTarget target = read("sftp://nas/srv", Map.of());

    assertThat(target + " " + target.identity()).doesNotContain("s3cret");
  }

  private SftpTarget read(String url, Map<String, String> values) {
    return read(url, values, PASSWORD);
  }

  private SftpTarget read(String url, Map<String, String> values, Map<String, Secret> secrets) {
    return new SftpSettings(
            new Settings("nas", URI.create(url), values, secrets),
            new Account("me", home, Optional.empty()))
        .read();
  }

  private ConfigurationFailure refusal(String url, Map<String, String> values) {
    return catchThrowableOfType(ConfigurationFailure.class, () -> read(url, values));
  }
}
