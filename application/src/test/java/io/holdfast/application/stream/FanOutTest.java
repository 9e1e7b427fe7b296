package io.holdfast.application.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.BlobStoreThatCannotDrop;
import io.holdfast.application.testing.GatedBlobStore;
import io.holdfast.application.testing.TestHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutTest {

  private static final String PATH = "volumes/data.tar";
  private static final String KEY = TestHost.ID + "/" + PATH;
  private static final int CHUNKS = 3;
  private static final byte[] BYTES = bytes(20 * ChunkRelay.CHUNK_BYTES + 17);

  private final TestHost host = new TestHost();
  private final Cancellation cancellation = new Cancellation();
  private final List<InMemoryBlobStore> memories = new ArrayList<>();
  private final List<GatedBlobStore> stores = new ArrayList<>();
  private final List<TargetRun> runs = new ArrayList<>();

  @AfterEach
  void nothing_is_left_behind() {
    assertThat(stores).extracting(GatedBlobStore::openWriters).containsOnly(0);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("write " + PATH));
    assertThat(memories)
        .allSatisfy(memory -> assertThat(memory.contents()).noneMatch(key -> key.startsWith("(")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void every_target_gets_every_byte_however_they_come(int targets) throws Exception {
    targets(targets, UnaryOperator.identity(), -1);
    try (FanOut fanOut = begin()) {
      OutputStream body = fanOut.body();
      body.write(BYTES[0]);
      body.write(BYTES, 1, 10);
      body.write(BYTES, 11, ChunkRelay.CHUNK_BYTES - 11);
      body.write(BYTES, ChunkRelay.CHUNK_BYTES, BYTES.length - ChunkRelay.CHUNK_BYTES);
      fanOut.commit();
    }
    assertThat(memories).allSatisfy(FanOutTest::assertWhole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothing_at_all_is_a_file_too(int targets) throws Exception {
    targets(targets, UnaryOperator.identity(), -1);
    try (FanOut fanOut = begin()) {
      fanOut.commit();
    }
    assertThat(memories).allSatisfy(memory -> assertThat(memory.open(new BlobKey(KEY))).isEmpty());
  }

  static Stream<Arguments> oneOfSeveral() {
    List<Fault> faults =
        List.of(
            Fault.once(Operation.CREATE, 1),
            Fault.once(Operation.WRITE, 1),
            Fault.once(Operation.WRITE, 1).after(5L * ChunkRelay.CHUNK_BYTES + 1),
            Fault.once(Operation.WRITE, 1).after(BYTES.length - 1).as(FailureKind.STORAGE_FULL),
            Fault.once(Operation.COMMIT, 1));
    return IntStream.rangeClosed(2, 4)
        .boxed()
        .flatMap(
            targets ->
                IntStream.range(0, targets)
                    .boxed()
                    .flatMap(
                        bad -> faults.stream().map(fault -> Arguments.of(targets, bad, fault))));
  }

  @ParameterizedTest
  @MethodSource("oneOfSeveral")
  void one_that_fails_is_dropped_and_the_others_get_all(int targets, int bad, Fault fault)
      throws Exception {
    targets(targets, store -> new FaultyBlobStore(store, fault), bad);
    write();
    for (int i = 0; i < targets; i++) {
      assertThat(runs.get(i).isAlive()).isEqualTo(i != bad);
      if (i == bad) {
        assertThat(runs.get(i).failure()).get().asString().contains("injected");
        assertThat(memories.get(i).contents()).isEmpty();
      } else {
        assertWhole(memories.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void one_that_can_neither_write_nor_drop_spoils_nothing(int bad) throws Exception {
    targets(3, store -> new BlobStoreThatCannotDrop(store, PATH), bad);
    write();
    assertThat(runs.get(bad).failure()).get().asString().contains("connection reset");
    assertThat(IntStream.range(0, 3).filter(i -> i != bad))
        .allSatisfy(i -> assertWhole(memories.get(i)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void when_all_fail_the_producer_is_told(int targets) {
    targets(targets, UnaryOperator.identity(), -1);
    List<TargetRun> failing = new ArrayList<>();
    for (InMemoryBlobStore memory : memories) {
      failing.add(run(new FaultyBlobStore(memory, Fault.once(Operation.WRITE, 1).after(1000))));
    }
    runs.clear();
    runs.addAll(failing);

    assertThatThrownBy(this::write).isInstanceOf(AllTargetsFailedException.class);
    assertThat(runs).noneMatch(TargetRun::isAlive);
    assertThat(memories).allSatisfy(memory -> assertThat(memory.contents()).isEmpty());
  }

  @Test
  void without_any_target_nothing_is_begun() {
    targets(2, UnaryOperator.identity(), -1);
    runs.forEach(run -> run.fail(failure()));
    assertThatThrownBy(this::begin).isInstanceOf(AllTargetsFailedException.class);
    assertThat(memories).allSatisfy(memory -> assertThat(memory.contents()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void the_slowest_sets_the_pace_and_memory_is_bounded(int slow) throws Exception {
    targets(3, UnaryOperator.identity(), -1);
    stores.get(slow).shut();
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Thread producer = new Thread(() -> failed.set(thrownByWrite()));
    producer.start();
    stores.get(slow).awaitHeldUp();
    await(producer, Thread.State.WAITING);

    assertThat(stores)
        .allSatisfy(
            store ->
                assertThat(store.bytes())
                    .isLessThanOrEqualTo((long) CHUNKS * ChunkRelay.CHUNK_BYTES));
    stores.get(slow).open();
    producer.join();
    assertThat(failed.get()).isNull();
    assertThat(memories).allSatisfy(FanOutTest::assertWhole);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void one_that_hangs_holds_nobody_up_once_it_has_failed_in_another_file(int hung)
      throws Exception {
    targets(3, UnaryOperator.identity(), -1);
    stores.get(hung).shut();
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Thread producer = new Thread(() -> failed.set(thrownByWrite()));
    producer.start();
    stores.get(hung).awaitHeldUp();

    runs.get(hung).fail(failure());

    producer.join();
    assertThat(failed.get()).isNull();
    for (int i = 0; i < 3; i++) {
      if (i != hung) {
        assertWhole(memories.get(i));
      }
    }
    assertThat(memories.get(hung).contents()).isEmpty();
    assertThat(runs.get(hung).failure()).get().isEqualTo(runs.get(hung).failure().orElseThrow());
    assertThat(runs.get(hung).failure().orElseThrow().getSuppressed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_producer_that_fails_publishes_nothing_and_blames_no_target(int targets) {
    targets(targets, UnaryOperator.identity(), -1);
    assertThatThrownBy(
            () -> {
              try (FanOut fanOut = begin()) {
                fanOut.body().write(BYTES);
                throw new IOException("the source broke off");
              }
            })
        .hasMessage("the source broke off");
    assertThat(memories).allSatisfy(memory -> assertThat(memory.contents()).isEmpty());
    assertThat(runs).allMatch(TargetRun::isAlive);
  }

  @Test
  void a_cancelled_producer_does_not_wait_for_targets_that_hang() throws Exception {
    endsWhileAllHang(producer -> cancellation.cancel());
  }

  @Test
  void an_interrupted_producer_does_not_wait_for_targets_that_hang() throws Exception {
    endsWhileAllHang(Thread::interrupt);
  }

  @Test
  void a_producer_that_failed_and_waits_for_a_target_that_hangs_can_be_cancelled()
      throws Exception {
    targets(2, UnaryOperator.identity(), -1);
    stores.get(1).shut();
    CountDownLatch heldUp = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Thread producer =
        new Thread(
            () -> {
              try (FanOut fanOut = begin()) {
                fanOut.body().write(BYTES, 0, ChunkRelay.CHUNK_BYTES);
                stores.get(1).awaitHeldUp();
                heldUp.countDown();
                throw new IOException("the source broke off");
              } catch (IOException | InterruptedException e) {
                failed.set(e);
              }
            });
    producer.start();
    heldUp.await();
    await(producer, Thread.State.WAITING);
    cancellation.cancel();
    producer.join();
    assertThat(failed.get()).hasMessage("the source broke off");
    assertThat(runs).allMatch(TargetRun::isAlive);
  }

  @Test
  void what_is_no_failure_of_a_target_comes_through() {
    targets(3, UnaryOperator.identity(), -1);
    stores
        .get(1)
        .beforeCommit(
            () -> {
              throw new IllegalStateException("a bug");
            });
    assertThatThrownBy(this::write).isInstanceOf(IllegalStateException.class).hasMessage("a bug");
  }

  @Test
  void targets_commit_at_the_same_time() throws Exception {
    targets(3, UnaryOperator.identity(), -1);
    CountDownLatch all = new CountDownLatch(3);
    stores.forEach(store -> store.beforeCommit(() -> meet(all)));
    write();
    assertThat(memories).allSatisfy(FanOutTest::assertWhole);
  }

  @Test
  void to_one_target_bytes_go_straight_in_the_producers_own_thread() throws Exception {
    targets(1, UnaryOperator.identity(), -1);
    AtomicReference<Thread> committer = new AtomicReference<>();
    stores.get(0).beforeCommit(() -> committer.set(Thread.currentThread()));
    try (FanOut fanOut = begin()) {
      fanOut.body().write(BYTES, 0, 100);
      assertThat(stores.get(0).bytes()).as("written at once").isEqualTo(100);
      fanOut.commit();
    }
    assertThat(committer.get()).isSameAs(Thread.currentThread());
  }

  private void endsWhileAllHang(Consumer<Thread> end) throws Exception {
    targets(3, UnaryOperator.identity(), -1);
    stores.forEach(GatedBlobStore::shut);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Thread producer = new Thread(() -> failed.set(thrownByWrite()));
    producer.start();
    for (GatedBlobStore store : stores) {
      store.awaitHeldUp();
    }
    await(producer, Thread.State.WAITING);

    end.accept(producer);

    producer.join();
    assertThat(failed.get()).isInstanceOf(InterruptedFailure.class);
    assertThat(memories).allSatisfy(memory -> assertThat(memory.contents()).isEmpty());
    assertThat(runs).as("no target is to blame").allMatch(TargetRun::isAlive);
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      all.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.onSpinWait();
    }
  }

  private @Nullable Throwable thrownByWrite() {
    try {
      write();
      return null;
    } catch (IOException | RuntimeException e) {
      return e;
    }
  }

  private void write() throws IOException {
    try (FanOut fanOut = begin()) {
      for (int at = 0; at < BYTES.length; at += 100_000) {
        fanOut.body().write(BYTES, at, Math.min(100_000, BYTES.length - at));
      }
      fanOut.commit();
    }
  }

  private FanOut begin() throws IOException {
    return FanOut.begin(PATH, runs, CHUNKS, cancellation);
  }

  /** So many targets, one of them odd. */
  private void targets(int number, UnaryOperator<BlobStore> oddity, int odd) {
    for (int i = 0; i < number; i++) {
      InMemoryBlobStore memory = new InMemoryBlobStore();
      memories.add(memory);
      GatedBlobStore store = new GatedBlobStore(memory);
      stores.add(store);
      runs.add(run(i == odd ? oddity.apply(store) : store));
    }
  }

  private TargetRun run(BlobStore store) {
    return new TargetRun(new Target("t", store), host.catalog(store).begin(TestHost.ID));
  }

  private static void assertWhole(InMemoryBlobStore memory) {
    try (InputStream in = memory.open(new BlobKey(KEY))) {
      assertThat(Arrays.equals(in.readAllBytes(), BYTES)).as("every byte").isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StorageFailure failure() {
    return new StorageFailure(FailureKind.STORAGE, "gone", "");
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
