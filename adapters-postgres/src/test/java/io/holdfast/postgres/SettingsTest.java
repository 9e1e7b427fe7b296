package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster's configuration may say. */
class SettingsTest {

  @Test
  void knowsEveryCompression() {
    assertThat(Compression.parse("auto")).isEqualTo(new Compression.Auto());
    assertThat(Compression.parse(" None ")).isEqualTo(new Compression.None());
    assertThat(Compression.parse("gzip:9")).isEqualTo(new Compression.Gzip(9));
    assertThat(Compression.parse("zstd:19")).isEqualTo(new Compression.Zstd(19));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "gzip:0", "gzip:10", "zstd:20", "zstd:-1", "lz4:1", "9"})
  void refusesAnyOtherAndSaysWhatItExpects(String text) {
    assertThatThrownBy(() -> Compression.parse(text))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("'" + text + "'")
        .extracting(failure -> ((Failure) failure).hint())
        .asString()
        .contains("zstd:1 to zstd:19");
  }

  @ParameterizedTest
  @CsvSource({
    "pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1), 15, 15.20",
    "pg_dump (PostgreSQL) 9.6.24, 9, 9.6.24",
    "pg_dump (PostgreSQL) 17beta1, 17, 17beta1",
    "18.0, 18, 18.0",
  })
  void readsVersions(String text, int major, String version) {
    assertThat(ToolVersion.parse(text)).contains(new ToolVersion(major, version));
  }

  @Test
  void readsNoVersionWhereThereIsNone() {
    assertThat(ToolVersion.parse("command not found")).isEmpty();
  }

  @Test
  void quotesConnectionStringsSoThatNamesStayNames() {
    assertThat(Quoting.connectionString("h", 1, "u", "a='b' \\ host=evil"))
        .isEqualTo("host='h' port='1' user='u' dbname='a=\\'b\\' \\\\ host=evil'");
  }
}
