package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetIdTest {

  /** The last second of the year 9999. */
  private static final long LAST = 253_402_300_799L;

  @Test
  void is_the_second_in_utc() {
    assertThat(new SetId(Instant.parse("2025-10-06T02:00:00.999Z")))
        .hasToString("20251006_020000")
        .isEqualTo(new SetId(Instant.parse("2025-10-06T02:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20251006",
        "20251006_02000",
        "20251006_0200000",
        "20251006-020000",
        "20251306_020000",
        "20250230_020000",
        "20251006_240000",
        "20251006_026000",
        "2025100a_020000",
        "+0251006_020000",
        "20251006_0200 0"
      })
  void any_other_text_is_none(String text) {
    assertThat(SetId.parse(text)).isEmpty();
  }

  @Test
  void a_leap_day_is_one() {
    assertThat(SetId.parse("20240229_235959")).hasToString("Optional[20240229_235959]");
  }

  @Test
  void next_is_a_second_later_also_over_midnight() {
    assertThat(SetId.parse("20251231_235959").orElseThrow().next()).hasToString("20260101_000000");
  }

  @Property
  void any_id_comes_back_from_its_text(@ForAll @LongRange(min = 0, max = LAST) long second) {
    SetId id = new SetId(Instant.ofEpochSecond(second));

    assertThat(SetId.parse(id.toString())).contains(id);
  }

  @Property
  void ids_order_as_their_texts_do(
      @ForAll @LongRange(min = 0, max = LAST) long one,
      @ForAll @LongRange(min = 0, max = LAST) long other) {
    SetId first = new SetId(Instant.ofEpochSecond(one));
    SetId second = new SetId(Instant.ofEpochSecond(other));

    assertThat(Integer.signum(first.compareTo(second)))
        .isEqualTo(Integer.signum(first.toString().compareTo(second.toString())))
        .isEqualTo(Long.compare(one, other));
  }
}
