package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void what_would_not_show_as_itself_is_escaped() {
    assertThat(SafeText.line("plain, ünï ☃ 日本 😀")).isEqualTo("plain, ünï ☃ 日本 😀");
    assertThat(SafeText.line("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
    assertThat(SafeText.line("\u001b[31m\u009b")).isEqualTo("\\x1b[31m\\x9b");
    assertThat(SafeText.line("a\u202eb\ud800")).isEqualTo("a\\u{202e}b\\u{d800}");
  }

  @Property
  boolean no_text_can_begin_a_line_or_an_escape(@ForAll String any) {
    return SafeText.line(any)
        .codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @Test
  void sizes_are_binary_and_never_show_1024() {
    assertThat(Quantity.bytes(0)).isEqualTo("0 B");
    assertThat(Quantity.bytes(1023)).isEqualTo("1023 B");
    assertThat(Quantity.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Quantity.bytes(1_048_575)).isEqualTo("1.0 MiB");
    assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
  }

  @Test
  void durations_show_their_two_greatest_units() {
    assertThat(Quantity.duration(Duration.ofMillis(400))).isEqualTo("0.4 s");
    assertThat(Quantity.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    assertThat(Quantity.duration(Duration.ofSeconds(10_925))).isEqualTo("3 h 2 min");
  }

  @Test
  void a_ratio_of_nothing_is_a_dash() {
    assertThat(Quantity.ratio(1, 0)).isEqualTo("-");
    assertThat(Quantity.ratio(31, 100)).isEqualTo("31 %");
  }
}
