package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.FakeProcesses;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final LockTerms QUICK =
      new LockTerms(Duration.ofMillis(6), Duration.ofSeconds(60));
  private static final String BEAT = ".holdfast/locks/beat-one-000000000";

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final BlockingQueue<BusyFailure> lost = new ArrayBlockingQueue<>(10);

  @Test
  void it_beats_until_it_is_closed_and_then_nothing_is_left() throws InterruptedException {
    CountDownLatch third = new CountDownLatch(1);
    ObservedBlobStore store =
        new ObservedBlobStore(memory).before("commit " + BEAT + "3", third::countDown);
    RepositoryLock.Held lock = lock(store, QUICK);

    Heartbeat beating = Heartbeat.of(lock::beat, QUICK, "nas", lost::add);
    third.await();
    beating.close();
    long beats = store.calls("commit").size();
    lock.close();

    assertThat(store.calls("commit")).hasSize((int) beats);
    assertThat(memory.contents()).isEmpty();
    assertThat(lost).isEmpty();
  }

  @Test
  void one_that_fails_is_tried_again() throws InterruptedException {
    CountDownLatch fourth = new CountDownLatch(1);
    ObservedBlobStore store =
        new ObservedBlobStore(memory).before("commit " + BEAT + "4", fourth::countDown);
    FaultyBlobStore faulty = new FaultyBlobStore(store, Fault.once(Operation.COMMIT, 3));
    RepositoryLock.Held lock = lock(faulty, QUICK);

    Heartbeat beating = Heartbeat.of(lock::beat, QUICK, "nas", lost::add);
    fourth.await();
    beating.close();

    lock.confirm();
    assertThat(lost).isEmpty();
  }

  @Test
  void that_the_lock_is_gone_is_told_once() throws InterruptedException {
    RepositoryLock.Held lock = lock(memory, QUICK);
    memory.delete(new BlobKey(".holdfast/locks/repository"));

    Heartbeat beating = Heartbeat.of(lock::beat, QUICK, "nas", lost::add);
    assertThat(lost.take()).hasMessageContaining("was removed");
    beating.close();

    assertThat(lost).isEmpty();
  }

  @Test
  void one_that_fails_until_the_lock_has_expired_loses_it_and_says_why()
      throws InterruptedException {
    LockTerms brief = new LockTerms(Duration.ofMillis(6), Duration.ofMillis(60));
    FaultyBlobStore faulty = new FaultyBlobStore(memory);
    RepositoryLock.Held lock = lock(faulty, brief);
    faulty.inject(Fault.from(Operation.CREATE, 1));

    Heartbeat beating = Heartbeat.of(lock::beat, brief, "nas", lost::add);
    BusyFailure told = lost.take();
    assertThat(told).hasMessageContaining("could not be kept up");
    assertThat(told.getSuppressed())
        .anySatisfy(cause -> assertThat(cause).hasMessageContaining("injected"));
    beating.close();
  }

  @Test
  void one_that_hangs_does_not_keep_the_run_from_ending() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ObservedBlobStore store =
        new ObservedBlobStore(memory)
            .before(
                "commit " + BEAT + "1",
                () -> {
                  hanging.countDown();
                  awaitThroughInterrupts(never);
                });
    RepositoryLock.Held lock = lock(store, QUICK);

    Heartbeat beating = Heartbeat.of(lock::beat, QUICK, "nas", lost::add);
    hanging.await();
    beating.close();

    assertThat(never.getCount()).as("it hangs still").isEqualTo(1);
    never.countDown();
  }

  private static void awaitThroughInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static RepositoryLock.Held lock(BlobStore on, LockTerms terms) {
    return new RepositoryLock(new Target("nas", on), new MemoryCodec(), new FakeProcesses(), terms)
        .acquire(
            new LockHolder(
                "one",
                TestHost.NAME,
                FakeProcesses.SELF,
                "mark-100",
                TestHost.NOW,
                "backup",
                Optional.empty()));
  }
}
