package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameGlobTest {

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "*, '', true",
    "app_*, app_one, true",
    "app_*, my_app_one, false",
    "?pp, app, true",
    "?pp, pp, false",
    "a?c, a💾c, true",
    "*_*_db, a_b_c_db, true",
    "a*b*c, a-b-b, false",
    "plain, plain, true",
    "plain, Plain, false",
    "'', '', true",
    "'', a, false",
    "[a], a, false",
  })
  void star_is_any_text_and_question_mark_any_character(
      String pattern, String name, boolean matches) {
    assertThat(NameGlob.matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  void a_hostile_pattern_does_not_take_for_ever() {
    assertThat(NameGlob.matches("*a".repeat(40) + "b", "a".repeat(2000))).isFalse();
  }

  @Test
  void only_a_pattern_without_wildcards_is_a_name_in_full() {
    assertThat(NameGlob.isExact("app[1]")).isTrue();
    assertThat(NameGlob.isExact("app*")).isFalse();
    assertThat(NameGlob.isExact("app?")).isFalse();
  }

  @Test
  void one_matching_pattern_is_enough_and_none_is_not() {
    assertThat(NameGlob.anyMatches(List.of("x", "a*"), "app")).isTrue();
    assertThat(NameGlob.anyMatches(List.of("x", "b*"), "app")).isFalse();
    assertThat(NameGlob.anyMatches(List.of(), "app")).isFalse();
  }
}
