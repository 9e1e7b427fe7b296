package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.StorageFailure;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RepositoryLockTest {

  private static final String KEY = ".holdfast/locks/repository";
  private static final long DEAD = 999;

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final MemoryCodec codec = new MemoryCodec();
  private final FakeProcesses processes = new FakeProcesses();

  @Test
  void the_first_gets_it_and_the_second_is_told_who_holds_it_and_what_to_do() {
    RepositoryLock.Held held = lock(store).acquire(alive("one"));

    assertThat(held.abandoned()).isEmpty();
    BusyFailure busy =
        catchThrowableOfType(BusyFailure.class, () -> lock(store).acquire(alive("two")));
    assertThat(busy)
        .hasMessageContaining("holdfast backup, process 100 on umig-dev")
        .hasMessageContaining("since 2025-10-06T02:00:00Z")
        .hasMessageContaining("Target nas");
    assertThat(busy.hint()).contains("--wait").contains("holdfast locks").contains("10 min");
  }

  @Test
  void after_it_was_let_go_the_next_gets_it_and_nothing_is_left() {
    lock(store).acquire(alive("one")).close();

    assertThat(store.contents()).isEmpty();
    lock(store).acquire(alive("two")).confirm();
  }

  @Test
  void that_of_a_dead_process_is_taken_over_and_told() {
    lock(store).acquire(dead("gone"));

    RepositoryLock.Held held = lock(store).acquire(alive("one"));

    assertThat(held.abandoned()).map(LockHolder::token).contains("gone");
    held.confirm();
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void that_of_a_pid_which_another_process_has_now_is_taken_over() {
    lock(store).acquire(holder("gone", TestHost.NAME, 7, "boot-1"));
    processes.start(7, "boot-2");

    assertThat(lock(store).acquire(alive("one")).abandoned()).isPresent();
  }

  @Test
  void that_of_another_host_which_gives_signs_of_life_is_not_taken_over() {
    lock(store).acquire(holder("far", "other-host", DEAD, "mark"));

    assertThatThrownBy(() -> lock(store).acquire(alive("one")))
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("other-host");
  }

  @Test
  void one_that_cannot_be_read_is_left_alone_and_named() {
    TestHost.put(store, KEY, "what is this");

    BusyFailure busy =
        catchThrowableOfType(BusyFailure.class, () -> lock(store).acquire(alive("one")));

    assertThat(busy).hasMessageContaining(KEY).hasMessageContaining("cannot be read");
    assertThat(busy.hint()).contains("holdfast locks --clear --force --target nas");
    assertThat(store.contents()).containsExactly(KEY);
  }

  @Test
  void one_that_somebody_removed_or_took_is_not_confirmed() {
    RepositoryLock.Held held = lock(store).acquire(alive("one"));
    store.delete(new BlobKey(KEY));

    assertThatThrownBy(held::confirm)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("was removed while this run held it");

    lock(store).acquire(alive("two"));
    assertThatThrownBy(held::confirm).isInstanceOf(BusyFailure.class);
    held.close();
    assertThat(store.contents()).as("the lock of the other").containsExactly(KEY);
  }

  @Test
  void a_run_that_ends_between_our_look_and_its_lock_does_not_make_us_give_up() {
    RepositoryLock.Held held = lock(store).acquire(alive("one"));
    ObservedBlobStore observed = new ObservedBlobStore(store).before("open " + KEY, held::close);

    lock(observed).acquire(alive("two")).confirm();
  }

  @Test
  void a_dead_lock_that_goes_away_while_it_is_taken_over_does_not_cost_a_new_one_its_place() {
    lock(store).acquire(dead("gone"));
    ObservedBlobStore slow = new ObservedBlobStore(store);
    slow.before(
        "create .holdfast/locks/takeover-gone",
        () -> {
          lock(store).acquire(alive("quick")).close();
          Runnable newcomer = onceOnly(() -> lock(store).acquire(alive("newcomer")));
          slow.before("delete " + KEY, newcomer);
          slow.before("create " + KEY, newcomer);
        });

    assertThatThrownBy(() -> lock(slow).acquire(alive("slow"))).isInstanceOf(BusyFailure.class);
    assertThat(holderNow()).isEqualTo("newcomer");
  }

  @Test
  void a_takeover_whose_taker_died_is_taken_over_itself() {
    lock(store).acquire(dead("gone"));
    write("takeover-gone", dead("taker"));

    RepositoryLock.Held held = lock(store).acquire(alive("one"));

    assertThat(held.abandoned()).map(LockHolder::token).contains("gone");
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_takeover_whose_taker_lives_is_left_to_it() {
    lock(store).acquire(dead("gone"));
    write("takeover-gone", alive("taker"));

    assertThatThrownBy(() -> lock(store).acquire(alive("one"))).isInstanceOf(BusyFailure.class);
    assertThat(holderNow()).isEqualTo("gone");
  }

  @Test
  void one_that_slept_over_a_dead_taker_does_not_remove_the_claim_of_a_live_one() {
    lock(store).acquire(dead("gone"));
    write("takeover-gone", dead("taker"));
    List<String> winners = new ArrayList<>();
    ObservedBlobStore slow = new ObservedBlobStore(store);
    slow.before(
        "delete .holdfast/locks/takeover-gone", () -> acquire(store, "quick", winners::add));

    acquire(slow, "slow", winners::add);
    acquire(store, "late", winners::add);

    assertThat(winners).hasSize(1);
    assertThat(holderNow()).isEqualTo(winners.get(0));
  }

  @Test
  void a_lock_whose_commit_was_not_answered_is_not_left_behind() {
    FaultyBlobStore faulty = new FaultyBlobStore(store, Fault.once(Operation.COMMIT_ANSWER, 1));

    assertThatThrownBy(() -> lock(faulty).acquire(alive("one")))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("injected");
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_lock_that_is_ours_already_is_ours() {
    lock(store).acquire(alive("one"));

    lock(store).acquire(alive("one")).confirm();
  }

  @Test
  void of_many_at_once_exactly_one_gets_it() throws Exception {
    for (int round = 0; round < 200; round++) {
      InMemoryBlobStore fresh = new InMemoryBlobStore();

      assertThat(race(fresh, 6)).as("round " + round).hasSize(1);
      assertThat(TestHost.keys(fresh)).containsExactly(KEY);
    }
  }

  @Test
  void of_many_that_see_a_dead_lock_exactly_one_takes_it_over() throws Exception {
    for (int round = 0; round < 200; round++) {
      InMemoryBlobStore fresh = new InMemoryBlobStore();
      lock(fresh).acquire(dead("gone"));
      if (round % 2 == 0) {
        TestHost.put(fresh, ".holdfast/locks/takeover-gone", text(dead("taker")));
      }

      List<RepositoryLock.Held> winners = race(fresh, 6);

      assertThat(winners).as("round " + round).hasSize(1);
      winners.get(0).confirm();
      assertThat(TestHost.keys(fresh)).containsExactly(KEY);
    }
  }

  private List<RepositoryLock.Held> race(BlobStore on, int runners) throws Exception {
    CyclicBarrier start = new CyclicBarrier(runners);
    List<Callable<Optional<RepositoryLock.Held>>> racers = new ArrayList<>();
    for (int i = 0; i < runners; i++) {
      LockHolder self = alive("racer-" + i);
      racers.add(
          () -> {
            start.await();
            try {
              return Optional.of(lock(on).acquire(self));
            } catch (BusyFailure lost) {
              return Optional.empty();
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(runners);
    try {
      List<RepositoryLock.Held> winners = new ArrayList<>();
      for (Future<Optional<RepositoryLock.Held>> future : threads.invokeAll(racers)) {
        future.get().ifPresent(winners::add);
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Runnable onceOnly(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    };
  }

  private void acquire(BlobStore on, String token, Consumer<String> won) {
    try {
      lock(on).acquire(alive(token));
      won.accept(token);
    } catch (BusyFailure lost) {
      assertThat(lost.hint()).isNotEmpty();
    }
  }

  private String holderNow() {
    return codec.readLockHolder(TestHost.bytes(TestHost.text(store, KEY))).token();
  }

  private void write(String lock, LockHolder holder) {
    TestHost.put(store, ".holdfast/locks/" + lock, text(holder));
  }

  private String text(LockHolder holder) {
    return new String(codec.write(holder), StandardCharsets.UTF_8);
  }

  private RepositoryLock lock(BlobStore on) {
    return new RepositoryLock(new Target("nas", on), codec, processes);
  }

  private static LockHolder alive(String token) {
    return holder(token, TestHost.NAME, FakeProcesses.SELF, "mark-100");
  }

  private static LockHolder dead(String token) {
    return holder(token, TestHost.NAME, DEAD, "mark-999");
  }

  private static LockHolder holder(String token, String host, long pid, String mark) {
    return new LockHolder(token, host, pid, mark, TestHost.NOW, "backup", Optional.of(TestHost.ID));
  }
}
