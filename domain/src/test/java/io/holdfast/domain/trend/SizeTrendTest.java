package io.holdfast.domain.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SizeTrendTest {

  private static final OptionalLong NEVER_PRUNED = OptionalLong.empty();

  /** A set a day, the oldest first. */
  private static SizeTrend daily(long... bytes) {
    List<SetSize> sets = new ArrayList<>();
    for (int day = 0; day < bytes.length; day++) {
      sets.add(new SetSize(Sets.id(day), bytes[day]));
    }
    return new SizeTrend(sets);
  }

  @Test
  void the_newest_set_is_held_against_the_median_of_those_before() {
    SizeTrend trend = daily(1, 2, 3, 4, 5, 6, 7, 8, 100);
    assertThat(trend.newest()).hasValue(100);
    assertThat(trend.usual()).hasValue(5);
    assertThat(daily(1, 2, 3).usual()).isEmpty();
    assertThat(daily(1, 2, 3, 4).usual()).hasValue(2);
    assertThat(daily().newest()).isEmpty();
  }

  @Test
  void growth_is_the_median_of_all_slopes() {
    assertThat(daily(100, 110, 120, 130).bytesPerDay().orElseThrow()).isEqualTo(10);
    assertThat(daily(100, 110, 9, 130, 140).bytesPerDay().orElseThrow()).isEqualTo(10);
    assertThat(daily(0, 10, 40).bytesPerDay().orElseThrow()).isEqualTo(20);
    assertThat(daily(0, 10, 40, 100).bytesPerDay().orElseThrow()).isCloseTo(95 / 3.0, within(1e-9));
    assertThat(daily(100, 110).bytesPerDay()).isEmpty();
    assertThat(daily(130, 120, 110).bytesPerDay().orElseThrow()).isEqualTo(-10);
  }

  @Test
  void a_few_hours_tell_no_growth_and_a_day_does() {
    SetId first = Sets.id(0);
    SetSize a = new SetSize(first, 10);
    SetSize b = new SetSize(new SetId(first.begun().plus(Duration.ofHours(1))), 20);
    SetSize c = new SetSize(new SetId(first.begun().plus(Duration.ofHours(23))), 30);
    SetSize d = new SetSize(new SetId(first.begun().plus(Duration.ofHours(24))), 30);
    assertThat(new SizeTrend(List.of(a, b, c)).bytesPerDay()).isEmpty();
    assertThat(new SizeTrend(List.of(a, b, d)).bytesPerDay()).isPresent();
    assertThat(new SizeTrend(List.of(a, b, c)).fullIn(1, NEVER_PRUNED)).isEmpty();
  }

  @Test
  void only_the_newest_hundred_tell_growth() {
    long[] bytes = new long[300];
    for (int day = 0; day < bytes.length; day++) {
      bytes[day] = day < 200 ? 1000 - 5 * day : day;
    }
    assertThat(daily(bytes).bytesPerDay().orElseThrow()).isEqualTo(1);
  }

  @Test
  void sets_that_do_not_grow_fill_a_target_as_they_come() {
    SizeTrend trend = daily(10, 10, 10);
    assertThat(trend.fullIn(100, NEVER_PRUNED)).contains(Duration.ofDays(11));
    assertThat(trend.fullIn(99, NEVER_PRUNED)).contains(Duration.ofDays(10));
    assertThat(trend.fullIn(0, NEVER_PRUNED)).contains(Duration.ofDays(1));
  }

  @Test
  void the_pace_is_that_of_the_newest_sets() {
    SetSize third = new SetSize(Sets.id(0), 10);
    SetSize second = new SetSize(Sets.id(2), 10);
    SetSize first = new SetSize(Sets.id(4), 10);
    assertThat(new SizeTrend(List.of(first, second, third)).fullIn(19, NEVER_PRUNED))
        .contains(Duration.ofDays(4));
  }

  @Test
  void what_is_pruned_makes_room() {
    SizeTrend trend = daily(10, 10, 10);
    assertThat(trend.fullIn(100, OptionalLong.of(13))).isEmpty();
    assertThat(trend.fullIn(100, OptionalLong.of(14))).contains(Duration.ofDays(11));
    assertThat(trend.fullIn(1, OptionalLong.of(2))).isEmpty();
  }

  @Test
  void sets_that_grow_fill_it_when_no_more_of_them_are_kept() {
    SizeTrend trend = daily(10, 20, 30);
    assertThat(trend.fullIn(299, OptionalLong.of(3))).contains(Duration.ofDays(10));
    assertThat(trend.fullIn(300, OptionalLong.of(3))).contains(Duration.ofDays(11));
  }

  @Test
  void sets_that_shrink_are_taken_to_stay_as_they_are() {
    assertThat(daily(30, 20, 10).fullIn(100, NEVER_PRUNED)).contains(Duration.ofDays(6));
  }

  @Test
  void ten_years_are_the_most_that_is_told() {
    SizeTrend trend = daily(10, 10, 10);
    assertThat(trend.fullIn(36_499, NEVER_PRUNED)).contains(Duration.ofDays(3_650));
    assertThat(trend.fullIn(36_500, NEVER_PRUNED)).isEmpty();
  }

  @Test
  void the_typical_size_is_that_of_the_newest_seven() {
    SizeTrend trend = daily(90, 90, 90, 90, 90, 90, 10, 10, 10, 10);
    assertThat(trend.fullIn(10, NEVER_PRUNED)).contains(Duration.ofDays(2));
  }

  @Property
  void a_line_is_found_among_a_few_odd_sets(
      @ForAll @LongRange(min = -1000, max = 1000) long slope,
      @ForAll @IntRange(min = 7, max = 40) int days,
      @ForAll @IntRange(min = 0, max = 6) int odd) {
    long[] bytes = new long[days];
    for (int day = 0; day < days; day++) {
      bytes[day] = 1_000_000 + slope * day;
    }
    bytes[odd] = 0;
    assertThat(daily(bytes).bytesPerDay().orElseThrow()).isCloseTo((double) slope, within(1e-6));
  }

  @Property
  void more_room_never_fills_sooner(
      @ForAll @LongRange(max = 1_000_000) long free, @ForAll @LongRange(max = 1000) long more) {
    SizeTrend trend = daily(100, 120, 90, 150);
    Duration never = Duration.ofDays(1_000_000);
    assertThat(trend.fullIn(free + more, OptionalLong.of(23)).orElse(never))
        .isGreaterThanOrEqualTo(trend.fullIn(free, OptionalLong.of(23)).orElse(never));
  }
}
