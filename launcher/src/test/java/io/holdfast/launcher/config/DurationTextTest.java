package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @Test
  void units_and_their_sums_are_understood() {
    assertThat(DurationText.parse("90s")).contains(Duration.ofSeconds(90));
    assertThat(DurationText.parse("15m")).contains(Duration.ofMinutes(15));
    assertThat(DurationText.parse("24h")).contains(Duration.ofHours(24));
    assertThat(DurationText.parse("7d")).contains(Duration.ofDays(7));
    assertThat(DurationText.parse("2w")).contains(Duration.ofDays(14));
    assertThat(DurationText.parse("1h30m")).contains(Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-5m", "1.5h", "5 m", "5y", "99999999999999d"})
  void anything_else_is_not(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
