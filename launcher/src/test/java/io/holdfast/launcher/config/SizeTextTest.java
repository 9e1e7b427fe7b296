package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeTextTest {

  @Test
  void aNumberWithItsUnitIsASize() {
    assertThat(SizeText.parse("1KB")).contains(1_024L);
    assertThat(SizeText.parse("500MB")).contains(500L << 20);
    assertThat(SizeText.parse("1GB")).contains(1L << 30);
    assertThat(SizeText.parse("999999TB")).contains(999_999L << 40);
  }

  @Test
  void anythingElseIsNone() {
    for (String text : new String[] {"", "0GB", "1", "GB", "1gb", "1 GB", "-1GB", "1.5GB", "1PB"}) {
      assertThat(SizeText.parse(text)).as(text).isEmpty();
    }
  }
}
