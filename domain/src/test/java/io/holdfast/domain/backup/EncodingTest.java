package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingTest {

  @ParameterizedTest
  @CsvSource({
    "volumes/a.tar, NONE",
    "volumes/a.tar.gz, GZIP",
    "volumes/A.TAR.GZ, GZIP",
    "volumes/a.tar.zst, ZSTD",
    "volumes/a.zst.tar, NONE",
    "databases/gz, NONE",
  })
  void is_told_by_the_ending(String path, Encoding encoding) {
    assertThat(Encoding.ofPath(path)).isEqualTo(encoding);
  }

  @ParameterizedTest
  @EnumSource
  void its_own_ending_tells_it(Encoding encoding) {
    assertThat(Encoding.ofPath("a" + encoding.suffix())).isEqualTo(encoding);
  }
}
