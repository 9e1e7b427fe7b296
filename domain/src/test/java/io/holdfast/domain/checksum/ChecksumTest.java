package io.holdfast.domain.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

  @Test
  void is_written_as_its_digits() {
    String digits = "0123456789abcdef".repeat(4);

    assertThat(new Checksum(digits).hex()).isEqualTo(digits);
    assertThat(new Checksum(digits)).hasToString(digits);
  }

  @Test
  void of_a_digest_has_its_bytes_in_order() {
    byte[] digest = new byte[32];
    digest[0] = (byte) 0xA0;
    digest[31] = 0x0F;

    assertThat(Checksum.of(digest).hex()).isEqualTo("a0" + "00".repeat(30) + "0f");
  }

  @ParameterizedTest
  @ValueSource(ints = {'0' - 1, '9' + 1, 'a' - 1, 'f' + 1, 'A', 'F', ' '})
  void takes_lower_case_hexadecimal_digits_only(int letter) {
    String digits = "a".repeat(63) + (char) letter;

    assertThatThrownBy(() -> new Checksum(digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(digits);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65})
  void takes_sixty_four_digits_only(int length) {
    assertThatThrownBy(() -> new Checksum("a".repeat(length)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
