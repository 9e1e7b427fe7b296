package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatVersionTest {

  @Test
  void any_minor_of_a_known_major_is_readable_and_a_higher_major_is_not() {
    int major = FormatVersion.CURRENT.major();

    assertThat(FormatVersion.CURRENT.isReadable()).isTrue();
    assertThat(new FormatVersion(major, 99).isReadable()).isTrue();
    assertThat(new FormatVersion(major - 1, 0).isReadable()).isTrue();
    assertThat(new FormatVersion(major + 1, 0).isReadable()).isFalse();
  }

  @Test
  void is_written_with_a_dot() {
    assertThat(new FormatVersion(1, 12)).hasToString("1.12");
  }
}
