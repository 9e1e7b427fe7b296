package io.holdfast.domain.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbridgedDrillTest {

  private static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");

  private static DrillRecord drill(
      List<Phase> phases, List<ArtifactProof> proofs, String detail, List<String> problems) {
    return new DrillRecord(
        new SetId(NOW),
        "nas",
        "umig",
        NOW,
        Duration.ofSeconds(9),
        Duration.ofSeconds(5),
        7,
        true,
        phases,
        proofs,
        List.of(new Assertion("pages.sql", false, detail)),
        problems,
        Optional.of(Duration.ofSeconds(4)));
  }

  private static ArtifactProof proof(String artifact, int differences) {
    Difference difference = new Difference("file ./a", "is not there");
    return new ArtifactProof(artifact, "9 files", Collections.nCopies(differences, difference));
  }

  @Test
  void a_result_of_the_usual_length_stays_as_it_is() {
    DrillRecord drill =
        drill(
            List.of(new Phase("verify", Duration.ofSeconds(1))),
            List.of(proof("volume a", 2), proof("volume b", 0)),
            "returned f",
            List.of("no room"));
    assertThat(drill.abridged()).isEqualTo(drill);
  }

  @Test
  void differences_are_named_up_to_a_number_that_the_artifacts_share_and_the_others_counted() {
    DrillRecord abridged =
        drill(
                List.of(),
                List.of(proof("volume a", 2_000), proof("volume b", 501), proof("volume c", 0)),
                "",
                List.of())
            .abridged();
    assertThat(abridged.proofs().get(0).differences())
        .hasSize(501)
        .endsWith(new Difference("and", "1500 more differences"));
    assertThat(abridged.proofs().get(1).differences())
        .hasSize(501)
        .endsWith(new Difference("and", "1 more differences"));
    assertThat(abridged.proofs().get(2)).isEqualTo(proof("volume c", 0));
  }

  @Test
  void what_differs_still_does_however_many_artifacts_there_are() {
    List<ArtifactProof> proofs = Collections.nCopies(5_000, proof("volume a", 1));
    assertThat(drill(List.of(), proofs, "", List.of()).abridged().proofs()).isEqualTo(proofs);
  }

  @Test
  void problems_and_phases_are_told_up_to_a_number_and_times_still_add_up() {
    DrillRecord abridged =
        drill(
                Collections.nCopies(1_002, new Phase("restore", Duration.ofSeconds(1))),
                List.of(),
                "",
                Collections.nCopies(103, "no room"))
            .abridged();
    assertThat(abridged.problems()).hasSize(101).endsWith("and 3 more");
    assertThat(abridged.phases())
        .hasSize(1_001)
        .endsWith(new Phase("and 2 more", Duration.ofSeconds(2)));
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    String smile = "\ud83d\ude42";
    DrillRecord abridged =
        drill(List.of(), List.of(), "x" + smile.repeat(300), List.of("y".repeat(501))).abridged();
    assertThat(abridged.assertions().get(0).detail()).isEqualTo("x" + smile.repeat(249) + "…");
    assertThat(abridged.problems()).containsExactly("y".repeat(500) + "…");
  }
}
