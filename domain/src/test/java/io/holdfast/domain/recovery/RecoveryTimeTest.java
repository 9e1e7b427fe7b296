package io.holdfast.domain.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.RecoveryTime.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecoveryTimeTest {

  private static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");
  private static final Optional<Duration> QUARTER = Optional.of(Duration.ofMinutes(15));

  /** A restore of so many days ago. */
  private static Measurement measured(int daysAgo, long seconds, long bytes) {
    return new Measurement(
        NOW.minus(Duration.ofDays(daysAgo)),
        Measurement.Source.DRILL,
        new SetId(NOW),
        Duration.ofSeconds(seconds),
        bytes);
  }

  private static RecoveryTime time(long newestBytes, Measurement... measurements) {
    return new RecoveryTime(List.of(measurements), OptionalLong.of(newestBytes), QUARTER);
  }

  @Test
  void what_was_measured_last_comes_first() {
    RecoveryTime time = time(100, measured(9, 1, 100), measured(2, 2, 100), measured(5, 3, 100));
    assertThat(time.measurements())
        .extracting(m -> m.took().toSeconds())
        .containsExactly(2L, 3L, 1L);
    assertThat(time.newest()).contains(measured(2, 2, 100));
    assertThat(time(1).newest()).isEmpty();
  }

  @Test
  void the_projection_is_the_median_of_what_each_would_have_taken_for_the_newest_set() {
    assertThat(
            time(200, measured(1, 10, 100), measured(2, 30, 100), measured(3, 7, 50)).projected())
        .contains(Duration.ofSeconds(28));
  }

  @Test
  void a_smaller_set_is_not_taken_for_faster() {
    assertThat(time(50, measured(1, 10, 100)).projected()).contains(Duration.ofSeconds(10));
    assertThat(time(100, measured(1, 10, 100)).projected()).contains(Duration.ofSeconds(10));
    assertThat(time(101, measured(1, 10, 100)).projected()).contains(Duration.ofMillis(10_100));
  }

  @Test
  void the_projection_is_made_of_the_newest_seven() {
    List<Measurement> many = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      many.add(measured(day, day, 100));
    }
    RecoveryTime time = new RecoveryTime(many, OptionalLong.of(100), QUARTER);
    assertThat(time.basis()).hasSize(RecoveryTime.WINDOW);
    assertThat(time.projected()).contains(Duration.ofSeconds(4));
  }

  @Test
  void what_was_measured_on_less_than_a_tenth_projects_nothing() {
    RecoveryTime time = time(1000, measured(1, 10, 99), measured(2, 7, 60));
    assertThat(time.basis()).isEmpty();
    assertThat(time.projected()).isEmpty();
    assertThat(time.largestBytes()).hasValue(99);
    assertThat(time.standing()).isEqualTo(Standing.SMALLER);
    assertThat(time(1000, measured(1, 10, 100)).projected()).contains(Duration.ofSeconds(100));
  }

  @Test
  void without_a_set_there_is_nothing_to_project() {
    RecoveryTime time =
        new RecoveryTime(List.of(measured(1, 10, 100)), OptionalLong.empty(), QUARTER);
    assertThat(time.projected()).isEmpty();
    assertThat(time.standing()).isEqualTo(Standing.MET);
  }

  @Test
  void it_is_met_when_the_newest_and_the_projection_are_within_it() {
    assertThat(time(100, measured(1, 900, 100)).standing()).isEqualTo(Standing.MET);
    assertThat(time(100, measured(1, 901, 100)).standing()).isEqualTo(Standing.MISSED);
    assertThat(time(200, measured(1, 451, 100)).standing()).isEqualTo(Standing.MISSED);
    assertThat(time(200, measured(1, 450, 100)).standing()).isEqualTo(Standing.MET);
  }

  @Test
  void an_old_measurement_over_it_says_nothing_of_today() {
    assertThat(
            time(100, measured(1, 1, 100), measured(2, 1, 100), measured(3, 5000, 100)).standing())
        .isEqualTo(Standing.MET);
  }

  @Test
  void it_is_not_sure_when_nothing_half_as_large_was_measured() {
    RecoveryTime time = time(201, measured(1, 1, 100), measured(2, 1, 90));
    assertThat(time.standing()).isEqualTo(Standing.SMALLER);
    assertThat(time.largestBytes()).hasValue(100);
    assertThat(time(200, measured(1, 1, 90), measured(2, 1, 100)).standing())
        .isEqualTo(Standing.MET);
    assertThat(time(201, measured(1, 901, 100)).standing()).isEqualTo(Standing.MISSED);
  }

  @Test
  void the_largest_is_that_of_the_projection() {
    RecoveryTime time = time(1000, measured(1, 1, 100), measured(2, 1, 90));
    assertThat(time.basis()).containsExactly(measured(1, 1, 100));
    assertThat(time(1).largestBytes()).isEmpty();
  }

  @Test
  void without_an_objective_or_a_measurement_nothing_is_missed() {
    assertThat(new RecoveryTime(List.of(), OptionalLong.of(1), QUARTER).standing())
        .isEqualTo(Standing.NEVER_MEASURED);
    assertThat(
            new RecoveryTime(List.of(measured(1, 9999, 1)), OptionalLong.of(1), Optional.empty())
                .standing())
        .isEqualTo(Standing.NONE);
  }

  @Test
  void the_pace_is_held_against_the_median_of_those_before() {
    assertThat(
            time(
                    1,
                    measured(1, 10, 1000),
                    measured(2, 5, 1000),
                    measured(3, 4, 1000),
                    measured(4, 1, 1000))
                .pace())
        .hasValue(0.4);
    assertThat(time(1, measured(1, 1, 1), measured(2, 1, 1), measured(3, 1, 1)).pace()).isEmpty();
    assertThat(time(1).pace()).isEmpty();
  }

  @Test
  void the_pace_looks_at_seven_and_bears_what_took_no_time() {
    List<Measurement> many = new ArrayList<>(List.of(measured(0, 0, 8)));
    for (int day = 1; day <= 7; day++) {
      many.add(measured(day, 1, 4000));
    }
    for (int day = 8; day <= 30; day++) {
      many.add(measured(day, 1, 1));
    }
    assertThat(new RecoveryTime(many, OptionalLong.of(1), QUARTER).pace()).hasValue(2.0);
    assertThat(
            time(1, measured(1, 1, 3), measured(2, 9, 1), measured(3, 9, 1), measured(4, 9, 1))
                .pace())
        .hasValue(3.0);
  }
}
