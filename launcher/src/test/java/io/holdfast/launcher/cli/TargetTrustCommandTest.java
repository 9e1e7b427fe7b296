package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.application.port.out.store.ServerKey.State;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTrustCommandTest {

  private static final ServerKey KNOWN = key("jump", "SHA256:jump", State.TRUSTED);
  private static final ServerKey NEW = key("nas", "SHA256:nas", State.UNKNOWN);
  private static final ServerKey CHANGED = key("nas", "SHA256:other", State.CHANGED);

  private final FakeSession session = new FakeSession();

  @Test
  void without_anybody_to_ask_a_new_key_is_shown_and_not_trusted() {
    Run run = trust(List.of(NEW));

    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.err())
        .contains("nas, ssh-ed25519 SHA256:nas", "not trusted")
        .contains("holdfast target trust nas --fingerprint SHA256:nas");
    assertThat(session.asked).containsExactly("nas");
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.of("nas")));
  }

  @Test
  void a_new_key_is_trusted_by_its_fingerprint_with_or_without_the_prefix() {
    assertThat(trust(List.of(NEW), "--fingerprint", "SHA256:nas").exitCode()).isZero();
    assertThat(trust(List.of(NEW), "--fingerprint", "nas").out()).contains("TRUSTED", "SHA256:nas");
    assertThat(session.asked).containsExactly("nas", true, "nas", true);
  }

  @Test
  void another_fingerprint_than_the_given_one_is_not_trusted() {
    assertThat(trust(List.of(NEW), "--fingerprint", "SHA256:other").exitCode()).isEqualTo(12);
  }

  @Test
  void yes_is_enough_for_a_new_key_and_not_for_one_that_has_changed() {
    assertThat(trust(List.of(KNOWN, NEW), "--yes").exitCode()).isZero();

    Run changed = trust(List.of(KNOWN, CHANGED), "--yes");

    assertThat(changed.exitCode()).isEqualTo(12);
    assertThat(changed.err()).contains("It has changed", "SHA256:pinned", "/etc/known_hosts");
  }

  @Test
  void a_key_that_has_changed_is_trusted_by_its_fingerprint() {
    assertThat(trust(List.of(CHANGED), "--fingerprint", "SHA256:other").exitCode()).isZero();
  }

  @Test
  void what_was_trusted_is_one_document() {
    Run run = trust(List.of(KNOWN, NEW), "--yes", "--json");

    assertThat(run.out())
        .contains("\"wasTrusted\" : true", "\"wasTrusted\" : false", "\"exitCode\" : 0");
  }

  private Run trust(List<ServerKey> keys, String... options) {
    session.presented = keys;
    String[] arguments = new String[options.length + 3];
    arguments[0] = "target";
    arguments[1] = "trust";
    arguments[2] = "nas";
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Run.of(session, arguments);
  }

  private static ServerKey key(String server, String fingerprint, State state) {
    Optional<String> pinned =
        state == State.UNKNOWN ? Optional.empty() : Optional.of("SHA256:pinned");
    return new ServerKey(server, "ssh-ed25519", fingerprint, state, pinned, "/etc/known_hosts");
  }
}
