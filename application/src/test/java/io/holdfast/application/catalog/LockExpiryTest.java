package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ManageLocks.State;
import io.holdfast.application.port.in.ManageLocks.TargetLock;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.FakeProcesses;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Heartbeats, and what becomes of a lock without them. */
class LockExpiryTest {

  private static final String KEY = ".holdfast/locks/repository";
  private static final SetId HALF = new SetId(Instant.parse("2025-10-05T02:00:00Z"));
  private static final Instant TARGETS_TIME = Instant.parse("1999-01-01T00:00:00Z");

  private final SteppingClock clock = new SteppingClock(TARGETS_TIME, Duration.ZERO);
  private final InMemoryBlobStore store = new InMemoryBlobStore(clock);
  private final MemoryCodec codec = new MemoryCodec();
  private final FakeProcesses processes = new FakeProcesses();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void one_of_another_host_that_is_silent_for_ten_minutes_is_taken_over() {
    lock(store).acquire(holder("far", "other-host"));
    clock.pass(Duration.ofSeconds(599));
    assertThatThrownBy(() -> lock(store).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);
    clock.pass(Duration.ofSeconds(1));

    RepositoryLock.Held held = lock(store).acquire(holder("one", TestHost.NAME));

    assertThat(held.abandoned()).map(LockHolder::token).contains("far");
    held.confirm();
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_look_at_the_clock_that_somebodys_cleaning_took_away_is_taken_again() {
    lock(store).acquire(holder("far", "other-host"));
    clock.pass(Duration.ofMinutes(5));
    boolean[] taken = new boolean[1];
    BlobStore cleaned =
        new ForwardingBlobStore(store) {
          @Override
          public BlobInfo stat(BlobKey key) {
            if (key.value().contains("clock-") && !taken[0]) {
              taken[0] = true;
              store.delete(key);
            }
            return super.stat(key);
          }
        };

    assertThatThrownBy(() -> lock(cleaned).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);
    assertThat(taken[0]).isTrue();
  }

  @Test
  void heartbeats_keep_it_and_no_more_than_two_of_them_lie_there() {
    RepositoryLock.Held held = lock(store).acquire(holder("far", "other-host"));
    for (int i = 0; i < 12; i++) {
      pass(Duration.ofMinutes(1));
      held.beat();
      assertThat(store.contents()).hasSizeBetween(2, 3);
    }
    clock.pass(Duration.ofMinutes(9));

    assertThatThrownBy(() -> lock(store).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);
    assertThat(store.contents())
        .containsExactly(
            ".holdfast/locks/beat-far-0000000011", ".holdfast/locks/beat-far-0000000012", KEY);
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_heartbeat_that_comes_while_it_is_taken_over_saves_it() {
    RepositoryLock.Held held = lock(store).acquire(holder("slow", "other-host"));
    clock.pass(Duration.ofMinutes(10));
    ObservedBlobStore observed =
        new ObservedBlobStore(store).before("create .holdfast/locks/takeover-slow", held::beat);

    assertThatThrownBy(() -> lock(observed).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);

    held.confirm();
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_process_of_this_host_that_hangs_is_alive_until_it_expires() {
    processes.start(7, "mark-7");
    lock(store).acquire(holder("hung", TestHost.NAME, 7));
    assertThat(lock(store).look(TestHost.NAME).state()).isEqualTo(State.ALIVE);
    assertThatThrownBy(() -> lock(store).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);

    clock.pass(Duration.ofMinutes(10));

    assertThat(lock(store).look(TestHost.NAME).state()).isEqualTo(State.EXPIRED);
    assertThat(lock(store).acquire(holder("one", TestHost.NAME)).abandoned()).isPresent();
  }

  @Test
  void others_judge_by_the_holders_terms_and_not_by_their_own() {
    new RepositoryLock(
            target(store),
            codec,
            processes,
            new LockTerms(Duration.ofMinutes(5), Duration.ofHours(2)))
        .acquire(holder("patient", "other-host"));
    clock.pass(Duration.ofMinutes(119));
    assertThatThrownBy(() -> lock(store).acquire(holder("one", TestHost.NAME)))
        .isInstanceOf(BusyFailure.class);
    clock.pass(Duration.ofMinutes(1));
    assertThat(lock(store).acquire(holder("one", TestHost.NAME)).abandoned()).isPresent();
  }

  @Test
  void one_of_a_version_without_heartbeats_never_expires() {
    put("repository", holder("old", "other-host"));
    clock.pass(Duration.ofDays(1000));

    assertThatThrownBy(() -> lock(store).acquire(holder("one", TestHost.NAME)))
        .isInstanceOfSatisfying(
            BusyFailure.class, busy -> assertThat(busy.hint()).contains("--clear --force"));
    assertThat(lock(store).look(TestHost.NAME).expires()).isEmpty();
  }

  @Test
  void a_holder_without_a_heartbeat_for_nine_minutes_counts_it_as_lost_for_good() {
    RepositoryLock.Held held = lock(store).acquire(holder("one", TestHost.NAME));
    nanos.addAndGet(Duration.ofMinutes(9).minusNanos(1).toNanos());
    held.confirm();
    nanos.addAndGet(1);

    assertThatThrownBy(held::confirm)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("for 540 s no heartbeat has reached it");
    nanos.set(0);
    assertThatThrownBy(held::beat).isInstanceOf(BusyFailure.class);
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_heartbeat_counts_from_before_it_was_sent() {
    RepositoryLock.Held held = lock(slow(Duration.ofMinutes(5))).acquire(holder("one", "h"));
    held.beat();
    nanos.addAndGet(Duration.ofMinutes(4).toNanos());

    assertThatThrownBy(held::confirm).isInstanceOf(BusyFailure.class);
  }

  @Test
  void a_late_holder_leaves_the_lock_to_whoever_is_taking_it_over() {
    RepositoryLock.Held late = lock(store).acquire(holder("late", "other-host"));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    clock.pass(Duration.ofHours(1));
    ObservedBlobStore taker = new ObservedBlobStore(store).before("delete " + KEY, late::close);

    RepositoryLock.Held held = lock(taker).acquire(holder("one", TestHost.NAME));

    held.confirm();
    held.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_lock_that_another_took_over_is_lost_and_says_to_whom() {
    RepositoryLock.Held held = lock(store).acquire(holder("late", "other-host"));
    clock.pass(Duration.ofHours(1));
    lock(store).acquire(holder("one", TestHost.NAME));

    assertThatThrownBy(held::beat)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("was taken over")
        .hasMessageContaining("process 100 on " + TestHost.NAME);
    held.close();
    assertThat(store.contents()).containsExactly(KEY);
  }

  @Test
  void a_heartbeat_whose_answer_was_lost_is_repeated_under_another_number() {
    FaultyBlobStore faulty = new FaultyBlobStore(store);
    RepositoryLock.Held held = lock(faulty).acquire(holder("one", TestHost.NAME));
    faulty.inject(Fault.once(Operation.COMMIT_ANSWER, 2));

    assertThatThrownBy(held::beat).isInstanceOf(StorageFailure.class);
    held.beat();
    held.close();

    assertThat(store.contents()).isEmpty();
  }

  @Test
  void what_a_taker_that_was_killed_had_to_clear_is_cleared_wherever_it_died() {
    int steps = takeover(Integer.MAX_VALUE);
    assertThat(steps).isGreaterThan(10);
    for (int step = 1; step <= steps; step++) {
      takeover(step);
    }
  }

  /** A taker is killed at a step of its own; the next one clears what the first dead one left. */
  private int takeover(int killedAt) {
    InMemoryBlobStore fresh = new InMemoryBlobStore(clock);
    TestHost.put(fresh, HALF + "/databases/half.dump", "PGDMP half");
    RepositoryLock.Held dead = lock(fresh).acquire(holder("dead", "other-host"));
    dead.beat();
    clock.pass(Duration.ofHours(1));
    FaultyBlobStore mortal = new FaultyBlobStore(fresh);
    ObservedBlobStore observed = new ObservedBlobStore(mortal);
    observed.beforeCall(killedAt, () -> die(mortal));
    try {
      RepositoryLock.Held taker = lock(observed).acquire(holder("taker", "third-host"));
      taker.clean(catalog(observed));
      taker.close();
    } catch (StorageFailure killed) {
      assertThat(killed).hasMessageContaining("injected");
    }
    clock.pass(Duration.ofHours(1));

    RepositoryLock.Held next = lock(fresh).acquire(holder("next", TestHost.NAME));
    next.clean(catalog(fresh));
    next.close();

    assertThat(fresh.contents()).as("killed at " + killedAt).isEmpty();
    return observed.calls().size();
  }

  private static void die(FaultyBlobStore mortal) {
    for (Operation operation : Operation.values()) {
      mortal.inject(Fault.from(operation, 1));
    }
  }

  @Test
  void a_look_tells_all_of_it() {
    assertThat(lock(store).look(TestHost.NAME).state()).isEqualTo(State.FREE);
    RepositoryLock.Held held = lock(store).acquire(holder("far", "other-host", 55));
    pass(Duration.ofMinutes(3));
    held.beat();
    pass(Duration.ofMinutes(2));

    TargetLock seen = lock(store).look(TestHost.NAME);

    assertThat(seen.state()).isEqualTo(State.ALIVE);
    assertThat(seen.holder()).map(LockHolder::token).contains("far");
    assertThat(seen.lastHeartbeat()).contains(TARGETS_TIME.plus(Duration.ofMinutes(3)));
    assertThat(seen.expires()).contains(TARGETS_TIME.plus(Duration.ofMinutes(13)));
    assertThat(lock(store).look("other-host").state()).isEqualTo(State.GONE);
    assertThat(store.contents()).as("no look is left").hasSize(2);
    store.overwrite(new BlobKey(KEY), TestHost.bytes("what is this"));
    assertThat(lock(store).look(TestHost.NAME).state()).isEqualTo(State.UNREADABLE);
  }

  @Test
  void one_that_is_alive_or_cannot_be_read_is_seized_when_that_is_wanted() {
    RepositoryLock.Held held = lock(store).acquire(holder("far", "other-host"));
    lock(store).seize(holder("one", TestHost.NAME)).confirm();
    assertThatThrownBy(held::confirm).isInstanceOf(BusyFailure.class);

    store.overwrite(new BlobKey(KEY), TestHost.bytes("what is this"));
    RepositoryLock.Held seized = lock(store).seize(holder("two", TestHost.NAME));
    seized.confirm();
    seized.close();
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_token_that_is_no_file_name_leads_nowhere_else() {
    put("repository", holder("../../x\n", TestHost.NAME, 999));

    lock(store).acquire(holder("one", TestHost.NAME)).close();

    assertThat(store.contents()).isEmpty();
  }

  /** A store on which the commit of a heartbeat takes some time. */
  private BlobStore slow(Duration time) {
    return new ObservedBlobStore(store)
        .before(
            "commit .holdfast/locks/beat-one-0000000001", () -> nanos.addAndGet(time.toNanos()));
  }

  private void pass(Duration time) {
    clock.pass(time);
    nanos.addAndGet(time.toNanos());
  }

  private void put(String name, LockHolder holder) {
    TestHost.put(
        store, ".holdfast/locks/" + name, new String(codec.write(holder), StandardCharsets.UTF_8));
  }

  private SetCatalog catalog(BlobStore on) {
    return new SetCatalog(target(on), codec, TestHost.NAME);
  }

  private RepositoryLock lock(BlobStore on) {
    return new RepositoryLock(target(on), codec, processes, LockTerms.DEFAULT, nanos::get);
  }

  private static Target target(BlobStore on) {
    return new Target("nas", on);
  }

  private static LockHolder holder(String token, String host) {
    return holder(token, host, FakeProcesses.SELF);
  }

  private static LockHolder holder(String token, String host, long pid) {
    return new LockHolder(
        token, host, pid, "mark-" + pid, TestHost.NOW, "backup", Optional.of(HALF));
  }
}
