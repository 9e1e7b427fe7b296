package io.holdfast.operations.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Test
  void a_time_is_the_zones_own() {
    CronTimes nightly = CronTimes.parse("0 2 * * *", ZURICH).orElseThrow();

    assertThat(nightly.after(Instant.parse("2026-11-22T00:59:59Z")))
        .contains(Instant.parse("2026-11-22T01:00:00Z"));
    assertThat(nightly.after(Instant.parse("2026-11-22T01:00:00Z")))
        .contains(Instant.parse("2026-11-23T01:00:00Z"));
  }

  @Test
  void the_last_time_may_be_now() {
    CronTimes nightly = CronTimes.parse("0 2 * * *", ZoneOffset.UTC).orElseThrow();

    assertThat(nightly.upTo(Instant.parse("2026-11-22T02:00:00Z")))
        .contains(Instant.parse("2026-11-22T02:00:00Z"));
    assertThat(nightly.upTo(Instant.parse("2026-11-22T01:59:59Z")))
        .contains(Instant.parse("2026-11-21T02:00:00Z"));
  }

  @Test
  void a_night_whose_clock_repeats_the_time_has_one_run() {
    assertThat(runs("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .last()
        .isEqualTo("2026-10-26T01:30:00Z");
  }

  @Test
  void times_of_every_quarter_go_on_through_a_change_of_the_clock() {
    assertThat(runs("*/15 * * * *", "2026-10-25T00:00:00Z", 8))
        .containsExactly(
            "2026-10-25T00:15:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T00:45:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:15:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T01:45:00Z",
            "2026-10-25T02:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "daily", "0 2 * *", "0 2 * * * *", "61 2 * * *", "0 2 31 2 mars"})
  void what_is_no_expression_is_none(String text) {
    assertThat(CronTimes.parse(text, ZURICH)).isEmpty();
  }

  @Test
  void a_day_that_never_comes_has_no_time() {
    assertThat(
            CronTimes.parse("0 2 30 2 *", ZURICH)
                .flatMap(times -> times.after(Instant.parse("2026-01-01T00:00:00Z"))))
        .isEmpty();
  }

  private static List<String> runs(String expression, String from, int count) {
    CronTimes times = CronTimes.parse(expression, ZURICH).orElseThrow();
    List<String> runs = new ArrayList<>();
    Instant at = Instant.parse(from);
    for (int i = 0; i < count; i++) {
      at = times.after(at).orElseThrow();
      runs.add(at.toString());
    }
    return runs;
  }
}
