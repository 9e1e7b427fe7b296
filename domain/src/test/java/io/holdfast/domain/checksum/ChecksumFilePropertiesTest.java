package io.holdfast.domain.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChecksumFilePropertiesTest {

  @Property
  void any_paths_come_back_as_they_were_written(@ForAll("paths") List<String> paths) {
    List<ChecksumEntry> entries = new ArrayList<>();
    for (String path : paths) {
      entries.add(new ChecksumEntry(new Checksum("0f".repeat(32)), path));
    }
    ChecksumFile file = new ChecksumFile(entries);

    assertThat(ChecksumFile.parse(file.render())).isEqualTo(file);
    assertThat(file.render().lines().count()).isGreaterThanOrEqualTo(paths.size());
  }

  @Property
  void a_malformed_text_fails_in_its_own_way_only(@ForAll("nearlyFiles") String text) {
    try {
      assertThat(ChecksumFile.parse(text).entries()).isNotEmpty();
    } catch (MalformedChecksumsException told) {
      assertThat(told.line()).isPositive();
    }
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.strings()
        .withChars("ab/ \\\nnr*%\u00fc\u65e5")
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> nearlyFiles() {
    Arbitrary<String> noise =
        Arbitraries.strings().withChars("aF0\\ *\n").ofMinLength(0).ofMaxLength(4);
    return noise.list().ofMaxSize(4).map(parts -> String.join("a".repeat(64) + "  ", parts));
  }
}
