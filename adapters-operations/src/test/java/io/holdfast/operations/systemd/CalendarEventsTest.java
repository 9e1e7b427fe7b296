package io.holdfast.operations.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.operations.cron.CronTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarEventsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 4 * * * | *-*-* 04:00:00 Europe/Zurich",
        "30 22 * * 1-5 | Mon,Tue,Wed,Thu,Fri *-*-* 22:30:00 Europe/Zurich",
        "0 4 * * 0 | Sun *-*-* 04:00:00 Europe/Zurich",
        "0 4 1-7,15 */3 * | *-01,04,07,10-01..07,15 04:00:00 Europe/Zurich",
        "*/15 * * * * | *-*-* *:00,15,30,45:00 UTC",
        "* * * * * | *-*-* *:*:00 UTC",
        "0 * * * 1 | Mon *-*-* *:00:00 Europe/Zurich"
      })
  void an_expression_is_one_line(String cron, String line) {
    assertThat(calendar(cron, "Europe/Zurich")).containsExactly(line);
  }

  @Test
  void either_of_two_days_is_two_lines() {
    assertThat(calendar("0 4 13 * FRI", "Europe/Zurich"))
        .containsExactly("*-*-13 04:00:00 Europe/Zurich", "Fri *-*-* 04:00:00 Europe/Zurich");
  }

  @Test
  void a_time_that_the_clock_will_skip_is_named_for_ten_years() {
    assertThat(calendar("30 2 * * *", "Europe/Zurich"))
        .hasSize(11)
        .startsWith("*-*-* 02:30:00 Europe/Zurich", "2027-03-28 01:00:00 UTC")
        .endsWith("2036-03-30 01:00:00 UTC");
    assertThat(calendar("30 2 * * MON", "Europe/Zurich")).hasSize(1);
    assertThat(calendar("0 2,3 * * *", "Europe/Zurich"))
        .as("a run comes at that moment anyhow")
        .hasSize(1);
  }

  @Test
  void an_hour_of_another_half_keeps_its_zone() {
    assertThat(calendar("0 * * * *", "Asia/Kolkata")).containsExactly("*-*-* *:00:00 Asia/Kolkata");
  }

  private static List<String> calendar(String cron, String zone) {
    ZoneId id = ZoneId.of(zone);
    return CalendarEvents.of(CronTimes.parse(cron, id).orElseThrow(), id, NOW);
  }
}
