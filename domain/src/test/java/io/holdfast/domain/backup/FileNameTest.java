package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "plain,plain.dump",
        "two words ,two words .dump",
        "a/b,a%2Fb.dump",
        "/,%2F.dump",
        ".,%2E.dump",
        "..,%2E%2E.dump",
        "...,....dump",
        ".hidden,.hidden.dump",
        "100%,100%.dump",
        "50%2,50%2.dump",
        "50%2F,50%252F.dump",
        "50%2f,50%252f.dump",
        "%2G,%2G.dump",
        "%G2,%G2.dump",
        "%%41,%%2541.dump",
        "%25,%2525.dump",
        "%%,%%.dump",
        "\"quoted\",\"quoted\".dump",
        "back\\slash,back\\slash.dump",
        "d\u00fcb,d\u00fcb.dump",
      })
  void a_name_is_kept_where_it_can_be(String name, String fileName) {
    assertThat(FileName.encode(name, ".dump")).isEqualTo(fileName);
  }

  @Test
  void nul_is_encoded_and_a_newline_is_not() {
    assertThat(FileName.encode("a\0b\nc", "")).isEqualTo("a%00b\nc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%\uFF12\uFF11", "%2\u0661", "%\u01322"})
  void digits_of_other_scripts_are_no_hexadecimal_digits(String name) {
    assertThat(FileName.encode(name, "")).isEqualTo(name);
    assertThat(FileName.decode(name)).isEqualTo(name);
  }

  @Test
  void what_was_never_encoded_decodes_to_itself() {
    assertThat(FileName.decode("100%")).isEqualTo("100%");
    assertThat(FileName.decode("%2")).isEqualTo("%2");
    assertThat(FileName.decode("%zz%2F%41")).isEqualTo("%zz/A");
  }

  @Test
  void the_longest_name_is_kept_and_one_longer_is_cut_to_the_same_length() {
    String longest = "x".repeat(250);
    assertThat(FileName.encode(longest, ".dump")).isEqualTo(longest + ".dump");

    String cut = FileName.encode(longest + "x", ".dump");
    assertThat(cut).hasSize(255).startsWith("x".repeat(212) + "%~").endsWith(".dump");
  }

  @Test
  void letters_of_every_length_are_counted_in_bytes() {
    for (String letter :
        new String[] {
          "\u007F", "\u0080", "\u07FF", "\u0800", "\uFFFF", "\uD800\uDC00", "\uD83D\uDE00"
        }) {
      int size = bytes(letter);
      String fits = letter.repeat(255 / size);
      assertThat(FileName.encode(fits, "")).as(letter).isEqualTo(fits);
      String cut = FileName.encode(fits + letter, "");
      assertThat(cut).as(letter).contains("%~").startsWith(letter);
      assertThat(bytes(cut)).isBetween(255 - size + 1, 255);
    }
  }

  @Test
  void two_long_names_with_the_same_beginning_get_different_files() {
    String beginning = "x".repeat(300);

    assertThat(FileName.encode(beginning + "a", ".dump"))
        .isNotEqualTo(FileName.encode(beginning + "b", ".dump"))
        .isEqualTo(FileName.encode(beginning + "a", ".dump"));
  }

  @Test
  void long_names_that_differ_in_either_byte_of_a_letter_get_different_files() {
    String beginning = "x".repeat(300);
    String latin = FileName.encode(beginning + "A", "");

    assertThat(latin).isNotEqualTo(FileName.encode(beginning + "\u0141", ""));
    assertThat(latin).isNotEqualTo(FileName.encode("A" + beginning, ""));
  }

  @Property
  void any_name_becomes_one_file_name(@ForAll("names") String name) {
    String fileName = FileName.encode(name, ".tar.zst");

    assertThat(bytes(fileName)).isLessThanOrEqualTo(255);
    assertThat(fileName).doesNotContain("/").doesNotContain("\0").endsWith(".tar.zst");
    assertThat(FileName.encode(name, "")).isNotIn("", ".", "..");
  }

  @Property
  void a_name_that_was_not_cut_comes_back(@ForAll("names") String name) {
    String fileName = FileName.encode(name, "");
    Assume.that(!fileName.contains("%~"));

    assertThat(FileName.decode(fileName)).isEqualTo(name);
  }

  @Property
  void two_names_never_share_a_file(@ForAll("names") String one, @ForAll("names") String other) {
    Assume.that(!one.equals(other));

    assertThat(FileName.encode(one, "")).isNotEqualTo(FileName.encode(other, ""));
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> dense =
        Arbitraries.strings().withChars("%2Ff./\0\n\\ ~").ofMinLength(1).ofMaxLength(6);
    Arbitrary<String> wide =
        Arbitraries.strings().withChars("a/\u00fc\u65e5").ofMinLength(1).ofMaxLength(300);
    return Arbitraries.oneOf(dense, wide);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
