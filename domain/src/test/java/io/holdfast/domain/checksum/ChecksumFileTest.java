package io.holdfast.domain.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumFileTest {

  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @Test
  void reads_text_and_binary_lines_and_skips_empty_ones() {
    ChecksumFile file = ChecksumFile.parse(A + "  one\n\n" + B + " *two words\n");

    assertThat(file.entries()).containsExactly(entry(A, "one"), entry(B, "two words"));
  }

  @Test
  void reads_a_last_line_without_a_newline_and_upper_case_digits() {
    assertThat(ChecksumFile.parse("A".repeat(64) + "  one").entries())
        .containsExactly(entry(A, "one"));
  }

  @Test
  void unescapes_only_lines_that_say_so() {
    assertThat(ChecksumFile.parse("\\" + A + "  a\\\\b\\nc\\rd").entries())
        .containsExactly(entry(A, "a\\b\nc\rd"));
    assertThat(ChecksumFile.parse(A + "  a\\nb").entries()).containsExactly(entry(A, "a\\nb"));
  }

  @Test
  void writes_two_spaces_and_escapes_only_where_needed() {
    ChecksumFile file =
        new ChecksumFile(
            List.of(entry(A, "plain name"), entry(B, "new\nline"), entry(A, "back\\slash")));

    assertThat(file.render())
        .isEqualTo(
            A + "  plain name\n" + "\\" + B + "  new\\nline\n" + "\\" + A + "  back\\\\slash\n");
  }

  @Test
  void escapes_what_stands_at_the_beginning_of_a_path_too() {
    for (String path : List.of("\\x", "\nx", "\rx")) {
      ChecksumFile file = new ChecksumFile(List.of(entry(A, path)));
      assertThat(file.render()).startsWith("\\" + A + "  \\");
      assertThat(ChecksumFile.parse(file.render())).isEqualTo(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x                    | 1 | is not a digest",
        "#A#  a~#B#           | 2 | is not a digest",
        "#A#  a~#B#  a~       | 2 | names a a second time",
        "#A#  a~~#B#  a       | 3 | names a a second time",
        "#A#-  a              | 1 | is not a digest",
        "#A# a                | 1 | is not a digest",
        "#A# -a               | 1 | is not a digest",
        "#A#  a~z#A#  b       | 2 | is not a digest",
        "#A#  a~#Z#  b        | 2 | does not begin with a SHA-256 digest",
        "\\#A#  a\\           | 1 | escapes nothing",
        "\\#A#  a\\t          | 1 | escapes nothing",
      })
  void a_line_that_is_none_is_told_by_its_number(String text, int line, String problem) {
    String file =
        text.replace("#A#", A).replace("#B#", B).replace("#Z#", "z".repeat(64)).replace('~', '\n');

    MalformedChecksumsException malformed =
        catchThrowableOfType(MalformedChecksumsException.class, () -> ChecksumFile.parse(file));

    assertThat(malformed.line()).isEqualTo(line);
    assertThat(malformed)
        .hasMessageStartingWith("line " + line + ": ")
        .hasMessageContaining(problem);
  }

  @Test
  void a_line_without_a_path_is_none() {
    assertThat(
            catchThrowableOfType(
                MalformedChecksumsException.class, () -> ChecksumFile.parse(A + "  ")))
        .hasMessageContaining("is not a digest");
    assertThat(ChecksumFile.parse(A + "  x").entries()).hasSize(1);
  }

  @Test
  void a_file_that_names_nothing_is_malformed() {
    for (String text : List.of("", "\n\n")) {
      assertThat(
              catchThrowableOfType(
                  MalformedChecksumsException.class, () -> ChecksumFile.parse(text)))
          .hasMessageContaining("names no file");
    }
  }

  private static ChecksumEntry entry(String hex, String path) {
    return new ChecksumEntry(new Checksum(hex), path);
  }
}
