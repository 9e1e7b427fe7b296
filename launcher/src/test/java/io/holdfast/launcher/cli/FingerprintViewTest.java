package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintViewTest {

  private static final TableFingerprint READ = new TableFingerprint("a", 1, "1f", 1, "");
  private static final TableFingerprint SAMPLED = new TableFingerprint("b", 1, "2f", 16, "");
  private static final TableFingerprint COUNTED = new TableFingerprint("c", 1, "", 1, "");

  @Test
  void a_database_is_full_when_every_row_went_into_a_digest() {
    assertThat(text(READ)).isEqualTo("full, 0.4 s");
    assertThat(text()).isEqualTo("full, 0.4 s");
  }

  @Test
  void of_a_large_table_a_sample_is_told() {
    assertThat(text(READ, SAMPLED)).isEqualTo("sample, 0.4 s");
  }

  @Test
  void where_no_row_was_read_they_were_counted() {
    assertThat(text(COUNTED)).isEqualTo("counts, 0.4 s");
  }

  @Test
  void what_has_none_has_a_dash() {
    assertThat(FingerprintView.text(Optional.empty())).isEqualTo("-");
  }

  private static String text(TableFingerprint... tables) {
    return FingerprintView.text(
        Optional.of(
            new DatabaseFingerprint(
                "rows-hash64sum-1",
                List.of(tables),
                new TreeMap<>(),
                "",
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                Duration.ofMillis(400))));
  }
}
