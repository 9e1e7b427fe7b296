package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeProcesses;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Marks of those who read a set: until when they count, and whom they never stop. */
class ReadingTest {

  private static final SetId ONE = new SetId(Instant.parse("2025-10-05T02:00:00Z"));
  private static final SetId TWO = TestHost.ID;
  private static final LockTerms QUICK =
      new LockTerms(Duration.ofMillis(6), Duration.ofMinutes(10));
  private static final Duration EXPIRY = LockTerms.DEFAULT.expiry();

  private final SteppingClock clock =
      new SteppingClock(Instant.parse("1999-01-01T00:00:00Z"), Duration.ZERO);
  private final InMemoryBlobStore memory = new InMemoryBlobStore(clock);
  private final MemoryCodec codec = new MemoryCodec();
  private final List<Failure> troubles = new CopyOnWriteArrayList<>();

  @Test
  void a_set_is_in_use_until_its_reader_is_done_and_then_nothing_is_left() {
    SetMarks marks = marks(memory, TestHost.NAME);

    Reading reading = marks.reading("restore", ONE, troubles::add);
    assertThat(marks.inUse()).containsExactly(ONE);
    assertThat(marks.isInUse(ONE)).isTrue();
    assertThat(marks.isInUse(TWO)).isFalse();
    reading.close();

    assertThat(marks.inUse()).isEmpty();
    assertThat(memory.contents()).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void of_two_readers_the_last_one_frees_the_set() {
    SetMarks marks = marks(memory, TestHost.NAME);
    Reading first = marks.reading("restore", ONE, troubles::add);
    Reading second = marks(memory, "other").reading("verify", ONE, troubles::add);

    first.close();
    assertThat(marks.inUse()).containsExactly(ONE);
    second.close();
    assertThat(marks.inUse()).isEmpty();
  }

  @Test
  void one_of_another_host_that_is_silent_expires_by_the_targets_clock_and_is_cleared() {
    marks(memory, "other").reading("restore", ONE, troubles::add);
    SetMarks here = marks(memory, TestHost.NAME);

    clock.pass(EXPIRY.minusSeconds(1));
    assertThat(here.inUse()).containsExactly(ONE);
    clock.pass(Duration.ofSeconds(1));
    assertThat(here.inUse()).isEmpty();

    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void one_of_a_process_of_this_host_that_is_gone_counts_no_more() {
    marks(memory, TestHost.NAME).reading("restore", ONE, troubles::add);
    FakeProcesses rebooted = new FakeProcesses();
    rebooted.start(FakeProcesses.SELF, "another life");

    SetMarks later =
        new SetMarks(
            new Target("nas", memory), codec, presence(TestHost.NAME, LockTerms.DEFAULT, rebooted));

    assertThat(later.inUse()).isEmpty();
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void heartbeats_keep_it_and_no_more_than_three_marks_lie_there() throws InterruptedException {
    CountDownLatch fifth = new CountDownLatch(5);
    ObservedBlobStore store =
        new ObservedBlobStore(memory) {
          @Override
          public void delete(BlobKey key) {
            super.delete(key);
            fifth.countDown();
          }
        };
    Presence other = presence("other", QUICK, new FakeProcesses());
    Reading reading =
        new SetMarks(new Target("nas", store), codec, other).reading("restore", ONE, troubles::add);
    fifth.await();
    assertThat(memory.contents()).hasSizeBetween(2, 3);
    clock.pass(EXPIRY);
    CountDownLatch next = new CountDownLatch(1);
    store.beforeCall(8, next::countDown);
    next.await();

    assertThat(marks(memory, TestHost.NAME).inUse()).containsExactly(ONE);
    reading.close();
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_heartbeat_that_comes_between_the_look_at_marks_and_at_the_clock_counts() {
    Beats beats =
        new ReaderFolder(memory, codec)
            .beatsOf(
                presence("other", LockTerms.DEFAULT, new FakeProcesses())
                    .self("restore", Optional.of(ONE))
                    .expiringAfter(EXPIRY),
                ONE);
    beats.write();
    clock.pass(EXPIRY);
    ObservedBlobStore slow = new ObservedBlobStore(memory);
    slow.beforeCall(3, beats::write);

    assertThat(marks(slow, TestHost.NAME).inUse()).containsExactly(ONE);
    assertThat(slow.calls().get(0)).startsWith("list");
  }

  @Test
  void one_whose_mark_was_cleared_while_it_slept_is_there_again_with_the_next_heartbeat() {
    Beats beats =
        new ReaderFolder(memory, codec)
            .beatsOf(
                presence("other", LockTerms.DEFAULT, new FakeProcesses())
                    .self("restore", Optional.of(ONE))
                    .expiringAfter(EXPIRY),
                ONE);
    beats.write();
    clock.pass(EXPIRY);
    SetMarks marks = marks(memory, TestHost.NAME);
    assertThat(marks.inUse()).isEmpty();

    beats.write();

    assertThat(marks.inUse()).containsExactly(ONE);
  }

  @Test
  void a_mark_that_cannot_be_read_counts_until_it_is_old() {
    TestHost.put(memory, ".holdfast/readers/" + ONE + "/by-hand", "");
    SetMarks marks = marks(memory, TestHost.NAME);
    assertThat(marks.inUse()).containsExactly(ONE);

    clock.pass(EXPIRY);

    assertThat(marks.inUse()).isEmpty();
  }

  @Test
  void a_look_when_nobody_reads_is_one_listing_and_writes_nothing() {
    ObservedBlobStore store = new ObservedBlobStore(memory);

    assertThat(marks(store, TestHost.NAME).inUse()).isEmpty();

    assertThat(store.calls()).containsExactly("list .holdfast/readers/");
  }

  @Test
  void where_nothing_can_be_written_reading_goes_on_and_that_is_told_once() {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.from(Operation.CREATE, 1));

    Reading reading = marks(faulty, TestHost.NAME).reading("restore", ONE, troubles::add);
    reading.close();

    assertThat(troubles).singleElement().asString().contains("injected");
  }

  @Test
  void a_first_mark_that_fails_is_tried_once_more_at_once() {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.once(Operation.COMMIT, 1));
    SetMarks marks = marks(faulty, TestHost.NAME);

    Reading reading = marks.reading("restore", ONE, troubles::add);

    assertThat(marks.inUse()).containsExactly(ONE);
    reading.close();
    assertThat(troubles).isEmpty();
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_mark_that_cannot_be_removed_is_told_and_no_failure() {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.from(Operation.DELETE, 1));

    marks(faulty, TestHost.NAME).reading("restore", ONE, troubles::add).close();

    assertThat(troubles).hasSize(1);
  }

  private SetMarks marks(BlobStore store, String host) {
    return new SetMarks(
        new Target("nas", store), codec, presence(host, LockTerms.DEFAULT, new FakeProcesses()));
  }

  private static Presence presence(String host, LockTerms terms, FakeProcesses processes) {
    return new Presence(processes, terms, host, Clock.fixed(TestHost.NOW, ZoneOffset.UTC));
  }
}
