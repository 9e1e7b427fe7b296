package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportScaleTest {

  private static List<String> words(ReportScale scale) {
    return IntStream.rangeClosed(0, scale.steps())
        .mapToObj(step -> scale.words().apply(step * scale.step()))
        .toList();
  }

  @Test
  void durations_are_told_in_the_unit_of_a_step() {
    assertThat(words(ReportScale.duration(0))).containsExactly("0 s", "1 s");
    assertThat(words(ReportScale.duration(41)))
        .containsExactly("0 s", "10 s", "20 s", "30 s", "40 s", "50 s");
    assertThat(words(ReportScale.duration(1_010)))
        .containsExactly("0 min", "5 min", "10 min", "15 min", "20 min");
    assertThat(words(ReportScale.duration(26 * 3_600)))
        .containsExactly("0 h", "6 h", "12 h", "18 h", "24 h", "30 h");
    assertThat(words(ReportScale.duration(73 * 3_600)))
        .containsExactly("0 d", "1 d", "2 d", "3 d", "4 d");
  }

  @Test
  void bytes_are_told_in_round_numbers_of_their_unit() {
    assertThat(words(ReportScale.bytes(0))).containsExactly("0 B", "1 B");
    assertThat(words(ReportScale.bytes(11.2 * (1 << 30))))
        .containsExactly("0 B", "5.0 GiB", "10.0 GiB", "15.0 GiB");
    assertThat(words(ReportScale.bytes(900)))
        .containsExactly("0 B", "200 B", "400 B", "600 B", "800 B", "1000 B");
  }

  @Test
  void what_is_drawn_does_not_touch_the_top() {
    assertThat(ReportScale.duration(60).top()).isGreaterThan(60);
    assertThat(ReportScale.bytes(4_096).top()).isGreaterThan(4_096);
    assertThat(ReportScale.duration(1e12).top()).isGreaterThan(1e12);
  }
}
