package io.holdfast.domain.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrillHistoryTest {

  private static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");
  private static final String APP = "database main/app";

  /** A drill of so many days ago. */
  private static DrillRecord drill(
      int daysAgo, String target, boolean whole, List<ArtifactProof> proofs, String... problems) {
    return new DrillRecord(
        new SetId(NOW),
        target,
        "umig",
        NOW.minus(Duration.ofDays(daysAgo)),
        Duration.ofSeconds(60),
        Duration.ofSeconds(41),
        1000,
        whole,
        List.of(),
        proofs,
        List.of(),
        List.of(problems),
        Optional.of(Duration.ofSeconds(41)));
  }

  private static List<ArtifactProof> equal(String... names) {
    return Stream.of(names).map(n -> new ArtifactProof(n, "2 tables", List.of())).toList();
  }

  private static List<ArtifactProof> differing(String name) {
    return List.of(new ArtifactProof(name, "2 tables", List.of(new Difference("t", "rows"))));
  }

  @Test
  void each_is_told_once_the_newest_first() {
    DrillRecord older = drill(5, "nas", true, equal(APP));
    DrillRecord newer = drill(2, "nas", true, equal(APP));
    DrillHistory history = new DrillHistory(List.of(older, newer, older, newer));
    assertThat(history.drills()).containsExactly(newer, older);
    assertThat(history.last()).contains(newer);
    assertThat(DrillHistory.NONE.last()).isEmpty();
  }

  @Test
  void those_of_a_target_are_told_by_themselves() {
    DrillRecord nas = drill(5, "nas", true, equal(APP));
    DrillRecord local = drill(5, "local", true, equal(APP));
    assertThat(new DrillHistory(List.of(nas, local)).of("nas").drills()).containsExactly(nas);
  }

  @Test
  void a_failure_stands_until_the_same_target_has_proven_all() {
    DrillRecord failed = drill(5, "nas", true, differing(APP));
    DrillRecord local = drill(2, "local", true, equal(APP));
    DrillRecord before = drill(9, "nas", true, equal(APP));
    assertThat(new DrillHistory(List.of(failed, local, before)).standingFailures())
        .containsExactly(failed);
    DrillRecord proven = drill(2, "nas", true, equal(APP));
    assertThat(new DrillHistory(List.of(failed, proven)).standingFailures()).isEmpty();
    DrillRecord again = drill(1, "nas", true, List.of(), "no room");
    assertThat(new DrillHistory(List.of(failed, proven, again)).standingFailures())
        .containsExactly(again);
    DrillRecord atOnce = drill(5, "nas", true, equal(APP));
    DrillRecord otherSet =
        new DrillRecord(
            new SetId(NOW.minusSeconds(9)),
            "nas",
            "umig",
            atOnce.started(),
            atOnce.took(),
            atOnce.restoreTook(),
            1,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    assertThat(new DrillHistory(List.of(failed, otherSet)).standingFailures())
        .containsExactly(failed);
  }

  @Test
  void of_several_failures_of_a_target_the_newest_is_told() {
    DrillRecord first = drill(5, "nas", true, differing(APP));
    DrillRecord second = drill(3, "nas", true, differing(APP));
    assertThat(new DrillHistory(List.of(first, second)).standingFailures()).containsExactly(second);
  }

  @Test
  void a_sample_proves_what_it_names() {
    DrillRecord failed = drill(5, "nas", false, differing(APP));
    DrillRecord other = drill(3, "nas", false, equal("volume data"));
    assertThat(new DrillHistory(List.of(failed, other)).standingFailures()).containsExactly(failed);
    DrillRecord same = drill(3, "nas", false, equal("volume data", APP));
    assertThat(new DrillHistory(List.of(failed, same)).standingFailures()).isEmpty();
    DrillRecord whole = drill(4, "nas", true, differing(APP));
    assertThat(new DrillHistory(List.of(whole, same)).standingFailures()).containsExactly(whole);
    assertThat(new DrillHistory(List.of(failed, drill(3, "nas", true, equal()))).standingFailures())
        .isEmpty();
  }

  @Test
  void those_that_were_carried_through_measure() {
    DrillRecord whole = drill(5, "nas", true, differing(APP));
    assertThat(new DrillHistory(List.of(whole)).measurements())
        .containsExactly(
            new Measurement(
                whole.started(),
                Measurement.Source.DRILL,
                whole.set(),
                Duration.ofSeconds(41),
                1000));
    assertThat(
            new DrillHistory(List.of(drill(5, "nas", true, List.of(), "no room"))).measurements())
        .isEmpty();
    DrillRecord ofNothing =
        new DrillRecord(
            whole.set(),
            "nas",
            "umig",
            NOW,
            whole.took(),
            whole.took(),
            0,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    assertThat(new DrillHistory(List.of(ofNothing)).measurements()).isEmpty();
  }

  @Test
  void a_drill_is_proven_by_everything_in_it_and_held_against_its_objective() {
    assertThat(drill(1, "nas", true, equal(APP)).isProven()).isTrue();
    assertThat(drill(1, "nas", true, equal(APP), "no room").isProven()).isFalse();
    assertThat(drill(1, "nas", true, differing(APP)).isProven()).isFalse();
    assertThat(asserting(true, 41).isProven()).isTrue();
    assertThat(asserting(false, 41).isProven()).isFalse();
    assertThat(asserting(true, 41).missesRto()).isFalse();
    assertThat(asserting(true, 42).missesRto()).isTrue();
  }

  private static DrillRecord asserting(boolean held, long seconds) {
    return new DrillRecord(
        new SetId(NOW),
        "nas",
        "umig",
        NOW,
        Duration.ofSeconds(60),
        Duration.ofSeconds(seconds),
        1,
        true,
        List.of(),
        List.of(),
        Collections.nCopies(1, new Assertion("a.sql", held, "")),
        List.of(),
        Optional.of(Duration.ofSeconds(41)));
  }

  @Test
  void what_went_wrong_is_told_in_sentences() {
    assertThat(drill(1, "nas", true, equal(APP)).reasons()).isEmpty();
    DrillRecord failed = drill(1, "nas", true, differing(APP), "no room");
    assertThat(failed.reasons()).containsExactly("no room", APP + ": t: rows");
    DrillRecord refuted =
        new DrillRecord(
            failed.set(),
            "nas",
            "umig",
            NOW,
            Duration.ZERO,
            Duration.ZERO,
            1,
            true,
            List.of(),
            List.of(),
            List.of(new Assertion("orders", true, ""), new Assertion("stock", false, "is 0")),
            List.of(),
            Optional.empty());
    assertThat(refuted.reasons()).containsExactly("stock: is 0");
  }

  @Test
  void what_has_no_fingerprint_was_not_compared() {
    assertThat(equal(APP).get(0).wasCompared()).isTrue();
    assertThat(new ArtifactProof(APP, "nothing: the set has none", List.of()).wasCompared())
        .isFalse();
  }
}
