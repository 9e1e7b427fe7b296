package io.holdfast.operations.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void a_time_that_the_clock_skips_comes_right_after_the_gap() {
    assertThat(runs("30 2 * * *", "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(runs("*/10 2 * * *", "2026-03-29T00:59:00Z", 2))
        .as("all that is skipped comes once")
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
    CronTimes nightly = CronTimes.parse("30 2 * * *", ZURICH).orElseThrow();
    assertThat(nightly.upTo(Instant.parse("2026-03-29T09:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
  }

  @Test
  void hours_go_on_by_real_time() {
    assertThat(runs("0 * * * *", "2026-03-28T23:30:00Z", 3))
        .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    assertThat(runs("0 * * * *", "2026-10-24T23:30:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
  }

  @Test
  void days_of_the_month_and_of_the_week_are_either_where_both_are_named() {
    assertThat(runs("0 2 1 * MON", "2026-06-01T12:00:00Z", 6))
        .contains("2026-06-08T00:00:00Z", "2026-07-01T00:00:00Z");
    assertThat(runs("0 2 */31 * MON", "2026-05-31T12:00:00Z", 2))
        .as("a field that begins with a star restricts no day by itself")
        .containsExactly("2026-06-01T00:00:00Z", "2027-02-01T01:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@hourly | 0 * * * *",
        "@daily | 0 0 * * *",
        "@midnight | 0 0 * * *",
        "@weekly | 0 0 * * 0",
        "@monthly | 0 0 1 * *",
        "@yearly | 0 0 1 1 *",
        "@annually | 0 0 1 JAN *",
        "0 2 * * 1-5 | 0 2 * * mon-FRI",
        "0 2 * * 5-7 | 0 2 * * 5,6,0",
        "0 2 * * 7 | 0 2 * * SUN",
        "5/15 * * * * | 5,20,35,50 * * * *",
        "0-30/10,45 */6 * * * | 0,10,20,30,45 0,6,12,18 * * *"
      })
  void names_steps_and_lists_are_short_for_numbers(String written, String meant) {
    assertThat(CronTimes.parse(written, ZURICH).orElseThrow().fields())
        .isEqualTo(CronTimes.parse(meant, ZURICH).orElseThrow().fields());
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
  @ValueSource(
      strings = {
        "",
        "daily",
        "0 2 * *",
        "0 2 * * * *",
        "61 2 * * *",
        "0 2 31 2 mars",
        "@reboot",
        "0 2 L * *"
      })
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
