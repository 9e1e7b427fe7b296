package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({
    "5%,5%,20,5.0",
    "5,5%,20,5.0",
    "2.50%,2.5%,40,2.5",
    "100%,100%,1,100.0",
    "100.0,100%,1,100.0",
    "99.9999,99.9999%,2,99.9999",
    "50,50%,2,50.0",
    "3%,3%,34,3.0",
    "010.05,10.05%,10,10.05",
    "0.0001%,0.0001%,1000000,0.0001"
  })
  void a_share_is_read_as_people_write_it_and_tells_its_runs(
      String text, String told, int runs, double percent) {
    Share share = Share.parse(text).orElseThrow();

    assertThat(share).hasToString(told);
    assertThat(share.runs()).isEqualTo(runs);
    assertThat(share.percent()).isEqualTo(percent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "0",
        "0%",
        "0.0",
        "100.0001%",
        "101",
        "-5%",
        "+5",
        "5 %",
        "5%%",
        "five",
        "1e1",
        ".5",
        "5.",
        "5.00000",
        "1000"
      })
  void what_is_no_share_is_none(String text) {
    assertThat(Share.parse(text)).isEmpty();
  }

  @Test
  void the_share_of_a_number_is_rounded_up_however_large_it_is() {
    Share five = new Share(50_000);

    assertThat(five.of(0)).isZero();
    assertThat(five.of(1)).isEqualTo(1);
    assertThat(five.of(20)).isEqualTo(1);
    assertThat(five.of(21)).isEqualTo(2);
    assertThat(five.of(2_000_000)).isEqualTo(100_000);
    assertThat(five.of(2_000_001)).isEqualTo(100_001);
    assertThat(new Share(1_000_000).of(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void what_is_nothing_or_more_than_all_is_refused(int millionths) {
    assertThatThrownBy(() -> new Share(millionths)).isInstanceOf(IllegalArgumentException.class);
  }
}
