package io.holdfast.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of known_hosts, as sshd(8) describes them. */
class KnownHostsLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nas | nas | true",
        "NAS | nas | true",
        "nas | nas2 | false",
        "other,nas | nas | true",
        "*.lan | nas.lan | true",
        "*.lan | nas.lan.org | false",
        "n?s | nas | true",
        "n?s | ns | false",
        "*,!nas | nas | false",
        "*,!nas | other | true",
        "nas | [nas]:2222 | false",
        "[nas]:2222 | [nas]:2222 | true",
        "192.168.1.* | 192.168.1.7 | true",
      })
  void patterns_name_hosts(String patterns, String host, boolean named) {
    assertThat(parsed(patterns + " ssh-ed25519 AAAA").names(host)).isEqualTo(named);
  }

  @Test
  void a_hashed_name_is_known_again() {
    // ssh-keygen -H made it of "nas".
    KnownHostsLine line =
        parsed("|1|ghSptLxDGOkdm5BmojN/15SX32Q=|oV2Pq3O4gc0tGhdkkNXALVacnfo= ssh-rsa AAAA c");

    assertThat(line.names("nas")).isTrue();
    assertThat(line.names("other")).isFalse();
    assertThat(line.without("nas")).isEmpty();
    assertThat(line.without("other")).contains(line);
  }

  @Test
  void a_host_is_taken_out_of_a_line_that_others_share() {
    KnownHostsLine line = parsed("@cert-authority nas,other ssh-ed25519 AAAA a comment");

    assertThat(line.without("nas").map(KnownHostsLine::text))
        .contains("@cert-authority other ssh-ed25519 AAAA a comment");
    assertThat(line.isPlain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "# comment", "nas ssh-ed25519", "garbage"})
  void what_is_no_key_is_passed_over(String text) {
    assertThat(KnownHostsLine.parse(text)).isEmpty();
  }

  private static KnownHostsLine parsed(String text) {
    Optional<KnownHostsLine> line = KnownHostsLine.parse(text);
    return line.orElseThrow();
  }
}
