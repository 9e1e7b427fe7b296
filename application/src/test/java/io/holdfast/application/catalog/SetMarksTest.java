package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.application.testing.FakeProcesses;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.recovery.DrillRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pins and verdicts; who reads is {@link ReadingTest}'s. */
class SetMarksTest {

  private static final SetId ONE = new SetId(Instant.parse("2025-10-05T02:00:00Z"));
  private static final SetId TWO = TestHost.ID;
  private static final Pin PIN =
      new Pin(Optional.of("before the migration"), TestHost.NOW, TestHost.NAME);

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final FaultyBlobStore store = new FaultyBlobStore(memory);
  private final SetMarks marks =
      new SetMarks(
          new Target("nas", store),
          new MemoryCodec(),
          new Presence(
              new FakeProcesses(),
              LockTerms.DEFAULT,
              TestHost.NAME,
              Clock.fixed(TestHost.NOW, ZoneOffset.UTC)));

  @Test
  void a_pin_lies_under_the_sets_id_and_is_found() {
    assertThat(marks.pin(TWO, PIN)).isTrue();

    assertThat(memory.contents()).containsExactly(".holdfast/pins/" + TWO);
    assertThat(marks.pins()).containsOnly(Map.entry(TWO, PIN));
    assertThat(marks.pin(TWO)).contains(PIN);
    assertThat(marks.pin(ONE)).isEmpty();
  }

  @Test
  void a_set_that_is_pinned_already_keeps_its_pin() {
    marks.pin(TWO, PIN);

    assertThat(marks.pin(TWO, new Pin(Optional.empty(), Instant.EPOCH, "other"))).isFalse();

    assertThat(marks.pin(TWO)).contains(PIN);
  }

  @Test
  void unpinning_leaves_nothing_and_may_be_done_again() {
    marks.pin(TWO, PIN);

    marks.unpin(TWO);
    marks.unpin(TWO);

    assertThat(memory.contents()).isEmpty();
    assertThat(marks.pins()).isEmpty();
  }

  @Test
  void an_empty_file_that_was_made_by_hand_pins_too() {
    TestHost.put(memory, ".holdfast/pins/" + ONE, "");
    TestHost.put(memory, ".holdfast/pins/notes.txt", "not a set");

    assertThat(marks.pins()).containsOnlyKeys(ONE);
    assertThat(marks.pin(ONE)).isPresent();
  }

  @Test
  void all_pins_are_one_listing() {
    for (int i = 0; i < 20; i++) {
      marks.pin(new SetId(TestHost.NOW.plusSeconds(i)), PIN);
    }

    assertThat(marks.pins()).hasSize(20);

    assertThat(store.count(Operation.LIST)).isEqualTo(1);
  }

  @Test
  void pins_that_cannot_be_listed_are_a_failure_and_not_none() {
    marks.pin(TWO, PIN);
    store.inject(Fault.once(Operation.LIST, 1));

    assertThatThrownBy(marks::pins).isInstanceOf(StorageFailure.class);
  }

  @Test
  void a_pin_that_cannot_be_reached_is_a_failure_and_not_none() {
    marks.pin(TWO, PIN);
    store.inject(Fault.from(Operation.OPEN, 1));

    assertThatThrownBy(marks::pins).isInstanceOf(StorageFailure.class);
    assertThatThrownBy(() -> marks.pin(TWO)).isInstanceOf(StorageFailure.class);
  }

  @Test
  void the_newest_verdict_of_each_set_is_told_and_what_it_supersedes_is_gone() {
    marks.record(ONE, full(1, true, false));
    marks.record(ONE, full(3, true, false));
    marks.record(TWO, full(2, false, true));

    assertThat(marks.verdicts())
        .containsOnly(Map.entry(ONE, full(3, true, false)), Map.entry(TWO, full(2, false, true)));
    assertThat(memory.contents()).hasSize(2);
    assertThat(memory.contents())
        .anyMatch(key -> key.startsWith(".holdfast/verdicts/" + ONE + "/19700101_000003-"));
  }

  @Test
  void one_that_is_written_late_does_not_hide_a_newer_one() {
    marks.record(ONE, full(3, true, false));
    marks.record(ONE, full(1, false, false));

    assertThat(marks.verdict(ONE)).contains(full(3, true, false));
  }

  @Test
  void samples_stand_beside_the_last_full_one_until_others_have_read_the_same() {
    marks.record(ONE, full(1, true, false));
    marks.record(ONE, sample(2, true, "a", "b"));
    marks.record(ONE, sample(3, true, "c"));
    assertThat(marks.history().get(ONE))
        .containsExactly(sample(3, true, "c"), sample(2, true, "a", "b"), full(1, true, false));

    marks.record(ONE, sample(4, true, "b", "c"));
    assertThat(marks.history().get(ONE))
        .containsExactly(
            sample(4, true, "b", "c"), sample(2, true, "a", "b"), full(1, true, false));

    marks.record(ONE, full(5, true, false));
    assertThat(marks.history().get(ONE)).containsExactly(full(5, true, false));
    assertThat(memory.contents()).hasSize(1);
  }

  @Test
  void damage_in_a_sample_stands_until_its_files_are_found_whole() {
    marks.record(ONE, sample(2, false, "a"));
    marks.record(ONE, sample(3, true, "b"));
    assertThat(marks.verdict(ONE)).contains(sample(2, false, "a"));

    marks.record(ONE, sample(4, true, "a"));
    assertThat(marks.verdict(ONE)).contains(sample(4, true, "a"));
    assertThat(marks.verdicts()).containsEntry(ONE, sample(4, true, "a"));
  }

  @Test
  void damage_that_only_a_deep_look_sees_is_not_undone_by_another() {
    marks.record(ONE, full(1, false, true));
    marks.record(ONE, full(2, true, false));
    marks.record(ONE, sample(3, true, "a"));
    assertThat(marks.verdict(ONE)).contains(full(1, false, true));

    marks.record(ONE, full(4, true, true));
    assertThat(marks.history().get(ONE)).containsExactly(full(4, true, true));
  }

  @Test
  void a_verdict_that_cannot_be_read_says_nothing_and_goes_with_the_next() {
    TestHost.put(memory, ".holdfast/verdicts/" + ONE + "/19700101_000001-x", "not one");
    assertThat(marks.verdicts()).isEmpty();

    marks.record(ONE, full(2, true, false));

    assertThat(memory.contents()).hasSize(1);
    assertThat(marks.verdict(ONE)).contains(full(2, true, false));
  }

  @Test
  void of_a_drill_that_found_any_number_of_differences_so_many_are_written_as_can_be_read() {
    List<Difference> all = Collections.nCopies(200_000, new Difference("file ./a", "is missing"));
    DrillRecord drill =
        new DrillRecord(
            ONE,
            "nas",
            TestHost.NAME,
            TestHost.NOW,
            Duration.ZERO,
            Duration.ZERO,
            1,
            true,
            List.of(),
            List.of(new DrillRecord.ArtifactProof("volume v", "200000 files", all)),
            List.of(),
            List.of(),
            Optional.empty());

    marks.record(drill);

    assertThat(marks.drills()).containsOnly(Map.entry(ONE, List.of(drill.abridged())));
    assertThat(drill.abridged().proofs().get(0).differences()).hasSize(1001);
  }

  @Test
  void forgetting_a_set_removes_all_that_lies_about_it_and_nothing_of_others() {
    for (SetId set : List.of(ONE, TWO)) {
      marks.pin(set, PIN);
      marks.record(set, full(1, true, false));
      TestHost.put(memory, ".holdfast/readers/" + set + "/x-1", "");
      TestHost.put(memory, ".holdfast/drills/" + set + "/x.json", "");
    }

    marks.forget(ONE);

    assertThat(memory.contents()).hasSize(4).allMatch(key -> key.contains(TWO.toString()));
    marks.forget(ONE);
  }

  @Test
  void forgetting_that_fails_can_be_done_again() {
    marks.pin(ONE, PIN);
    marks.record(ONE, full(1, true, false));
    store.inject(Fault.once(Operation.DELETE, 2));

    assertThatThrownBy(() -> marks.forget(ONE)).isInstanceOf(StorageFailure.class);
    marks.forget(ONE);

    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_pin_whose_answer_was_lost_is_there_when_it_is_tried_again() {
    store.inject(Fault.once(Operation.COMMIT_ANSWER, 1));
    assertThatThrownBy(() -> marks.pin(ONE, PIN)).isInstanceOf(StorageFailure.class);

    assertThat(marks.pin(ONE, PIN)).isFalse();
    assertThat(memory.stat(new BlobKey(".holdfast/pins/" + ONE)).bytes()).isPositive();
  }

  private static Verdict full(int second, boolean whole, boolean deep) {
    return new Verdict(
        Instant.ofEpochSecond(second), whole, deep, true, 10, List.of(), problems(whole));
  }

  private static Verdict sample(int second, boolean whole, String... files) {
    return new Verdict(
        Instant.EPOCH.plus(Duration.ofSeconds(second)),
        whole,
        false,
        false,
        10,
        List.of(files),
        problems(whole));
  }

  private static List<String> problems(boolean whole) {
    return whole ? List.of() : List.of("a: has changed");
  }
}
