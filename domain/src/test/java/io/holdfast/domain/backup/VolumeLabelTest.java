package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeLabelTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "it's x=y", "a b;$c", "é", "#"})
  void is_taken_as_it_is_where_podman_reads_it_so(String value) {
    assertThat(VolumeLabel.argument("name", value)).isEqualTo("name=" + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "\n", "\r", "a,b"})
  void is_quoted_where_podman_would_cut_it(String value) {
    assertThat(VolumeLabel.argument("name", value)).isEqualTo("\"name=" + value + "\"");
  }

  @Test
  void doubles_a_quote() {
    assertThat(VolumeLabel.argument("na\"me", "it's \"x\""))
        .isEqualTo("\"na\"\"me=it's \"\"x\"\"\"");
  }
}
