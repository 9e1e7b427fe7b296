package io.holdfast.domain.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.RecoveryGaps.Gap;
import io.holdfast.domain.trend.RecoveryPoint.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RecoveryGapsTest {

  private static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private static Instant ago(int hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  private static RecoveryGaps gaps(int... hoursAgo) {
    return RecoveryGaps.of(
        IntStream.of(hoursAgo).mapToObj(hours -> set(hours, 0)).toList(), NOW, WEEK);
  }

  private static Reached set(int hoursAgo, int tookHours) {
    return new Reached(new SetId(ago(hoursAgo)), ago(hoursAgo - tookHours));
  }

  @Test
  void each_reaches_from_the_moment_of_a_set_to_the_finish_of_the_next() {
    assertThat(RecoveryGaps.of(List.of(set(48, 1), set(24, 3)), NOW, WEEK).gaps())
        .containsExactly(new Gap(ago(48), ago(21), false), new Gap(ago(24), NOW, true));
  }

  @Test
  void a_set_that_is_not_finished_ends_no_gap_nor_does_one_that_a_newer_one_has_overtaken() {
    assertThat(RecoveryGaps.of(List.of(set(5, 0), set(2, 3)), NOW, WEEK).gaps())
        .containsExactly(new Gap(ago(5), NOW, true));
    assertThat(RecoveryGaps.of(List.of(set(50, 0), set(30, 20), set(20, 5)), NOW, WEEK).gaps())
        .containsExactly(new Gap(ago(50), ago(15), false), new Gap(ago(20), NOW, true));
  }

  @Property
  void the_longest_is_the_most_that_could_have_been_lost_at_any_instant(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 2, max = 60) Integer> hoursAgo,
      @ForAll @Size(6) List<@IntRange(max = 40) Integer> took,
      @ForAll @IntRange(min = 1, max = 70) int window) {
    List<Reached> sets =
        IntStream.range(0, hoursAgo.size())
            .mapToObj(i -> set(hoursAgo.get(i), Math.min(took.get(i), hoursAgo.get(i) - 1)))
            .toList();
    Optional<Duration> most =
        IntStream.range(0, window)
            .mapToObj(RecoveryGapsTest::ago)
            .flatMap(instant -> lossJustBefore(instant, sets).stream())
            .max(Comparator.naturalOrder());
    assertThat(RecoveryGaps.of(sets, NOW, Duration.ofHours(window)).longest().map(Gap::length))
        .isEqualTo(most);
  }

  private static Optional<Duration> lossJustBefore(Instant instant, List<Reached> sets) {
    return sets.stream()
        .filter(set -> set.available().isBefore(instant))
        .map(set -> Duration.between(set.set().begun(), instant))
        .min(Comparator.naturalOrder());
  }

  @Test
  void the_last_reaches_to_now() {
    assertThat(gaps(5, 53, 29).gaps())
        .containsExactly(
            new Gap(ago(53), ago(29), false),
            new Gap(ago(29), ago(5), false),
            new Gap(ago(5), NOW, true));
    assertThat(gaps(5, 53, 29).current()).contains(new Gap(ago(5), NOW, true));
  }

  @Test
  void the_longest_and_those_over_an_objective_are_told() {
    RecoveryGaps gaps = gaps(5, 53, 29, 90);
    assertThat(gaps.longest()).contains(new Gap(ago(90), ago(53), false));
    assertThat(gaps.over(Duration.ofHours(24))).containsExactly(new Gap(ago(90), ago(53), false));
    assertThat(gaps.over(Duration.ofHours(23))).hasSize(3);
    assertThat(gaps.longest().orElseThrow().length()).isEqualTo(Duration.ofHours(37));
  }

  @Test
  void one_that_began_before_the_window_is_told_whole_and_one_that_ended_there_is_not_told() {
    assertThat(gaps(500, 200, 10).gaps())
        .containsExactly(new Gap(ago(200), ago(10), false), new Gap(ago(10), NOW, true));
    assertThat(gaps(200, 168, 10).gaps()).hasSize(2);
    assertThat(gaps(200, 167, 10).gaps()).hasSize(3);
  }

  @Test
  void the_current_one_is_there_however_long_ago_it_began() {
    assertThat(gaps(900).gaps()).containsExactly(new Gap(ago(900), NOW, true));
    assertThat(gaps(0).gaps()).containsExactly(new Gap(NOW, NOW, true));
  }

  @Test
  void without_a_moment_there_is_no_gap_to_tell() {
    assertThat(gaps().gaps()).isEmpty();
    assertThat(gaps().longest()).isEmpty();
    assertThat(gaps().current()).isEmpty();
  }

  @Test
  void what_is_dated_in_the_future_or_twice_does_not_count() {
    assertThat(gaps(-5, 3).gaps()).containsExactly(new Gap(ago(3), NOW, true));
    assertThat(gaps(3, 3).gaps()).containsExactly(new Gap(ago(3), NOW, true));
  }

  @Test
  void a_shorter_window_leaves_out_what_ended_before_it() {
    RecoveryGaps gaps = gaps(60, 25, 24, 5);
    assertThat(gaps.within(NOW, Duration.ofHours(24)).gaps())
        .containsExactly(new Gap(ago(24), ago(5), false), new Gap(ago(5), NOW, true));
    assertThat(gaps(60).within(NOW, Duration.ofHours(24)).gaps()).hasSize(1);
    assertThat(gaps(0).within(NOW, Duration.ZERO).gaps()).hasSize(1);
  }
}
