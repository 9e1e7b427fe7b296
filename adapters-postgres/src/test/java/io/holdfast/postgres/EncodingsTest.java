package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings of dumps. */
class EncodingsTest {

  @ParameterizedTest
  @CsvSource({
    "SET client_encoding = 'LATIN1';, ISO-8859-1",
    "SET client_encoding = 'WIN1252';, windows-1252",
    "SET client_encoding = 'SQL_ASCII';, UTF-8",
    "SET client_encoding = 'MULE_INTERNAL';, UTF-8",
    "nothing, UTF-8",
  })
  void areJavas(String statement, String charset) {
    assertThat(Encodings.charsetOf(statement)).isEqualTo(Charset.forName(charset));
  }

  @Test
  void areUndoneForNamesOfTheWholeCluster() {
    assertThat(Encodings.clusterWide("Ã¼", StandardCharsets.ISO_8859_1)).isEqualTo("ü");
    assertThat(Encodings.clusterWide("ü", StandardCharsets.ISO_8859_1)).isEqualTo("ü");
    assertThat(Encodings.clusterWide("Ã¼", StandardCharsets.UTF_8)).isEqualTo("Ã¼");
  }
}
