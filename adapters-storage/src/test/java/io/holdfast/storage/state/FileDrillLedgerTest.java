package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.storage.metadata.JsonMetadataCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDrillLedgerTest {

  private static final Instant NOON = Instant.parse("2025-10-06T12:00:00Z");

  @TempDir private Path state;

  @Test
  void reading_makes_no_folder() {
    assertThat(ledger().drills()).isEmpty();
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void what_was_added_comes_back_newest_first_and_is_nobody_elses() throws IOException {
    ledger().add(drill(2));
    ledger().add(drill(1));
    ledger().add(drill(3));

    assertThat(ledger().drills()).containsExactly(drill(3), drill(2), drill(1));
    try (Stream<Path> files = Files.list(state.resolve("drills"))) {
      assertThat(files.toList())
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void what_cannot_be_read_is_passed_over() throws IOException {
    ledger().add(drill(1));
    Files.writeString(state.resolve("drills/20251006_130000-000000000-x.json"), "{");

    assertThat(ledger().drills()).containsExactly(drill(1));
  }

  @Test
  void the_oldest_go() {
    for (int second = 0; second < 403; second++) {
      ledger().add(drill(second));
    }

    assertThat(ledger().drills()).hasSize(400).endsWith(drill(3));
  }

  private FileDrillLedger ledger() {
    return new FileDrillLedger(state, new JsonMetadataCodec());
  }

  private static DrillRecord drill(int second) {
    return new DrillRecord(
        new SetId(NOON),
        "nas",
        "umig",
        NOON.plusSeconds(second),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        10,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
