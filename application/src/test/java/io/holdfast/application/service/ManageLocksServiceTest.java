package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.ManageLocks.Report;
import io.holdfast.application.port.in.ManageLocks.State;
import io.holdfast.application.port.in.ManageLocks.TargetLock;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManageLocksServiceTest {

  private static final String LOCK = ".holdfast/locks/repository";
  private static final SetId HALF = new SetId(Instant.parse("2025-10-05T02:00:00Z"));

  private final SteppingClock clock = new SteppingClock(TestHost.NOW, Duration.ZERO);
  private final InMemoryBlobStore nas = new InMemoryBlobStore(clock);
  private final InMemoryBlobStore local = new InMemoryBlobStore(clock);
  private final TestHost host = new TestHost().storesOn("local", local).storesOn("nas", nas);
  private final ManageLocks locks = host.useCases().sets().manageLocks();

  @BeforeEach
  void leaveHalfASet() {
    TestHost.put(nas, HALF + "/databases/half.dump", "PGDMP half");
  }

  @Test
  void every_target_is_shown_and_nothing_is_changed() {
    hold(nas, "other-host");

    Report report = locks.show(Optional.empty());

    assertThat(report.locks()).extracting(TargetLock::target).containsExactly("local", "nas");
    assertThat(report.locks())
        .extracting(TargetLock::state)
        .containsExactly(State.FREE, State.ALIVE);
    assertThat(local.contents()).isEmpty();
    assertThat(nas.contents()).containsExactly(LOCK, HALF + "/databases/half.dump");
  }

  @Test
  void one_that_is_alive_is_not_cleared() {
    hold(nas, "other-host");

    Report report = locks.clear(Optional.of("nas"), false);

    assertThat(report.locks()).singleElement().satisfies(l -> assertThat(l.cleared()).isEmpty());
    assertThat(nas.contents()).contains(LOCK, HALF + "/databases/half.dump");
  }

  @Test
  void one_that_is_gone_is_cleared_with_its_unfinished_set_and_its_heartbeats() {
    RepositoryLock.Held held = hold(nas, TestHost.NAME);
    held.beat();

    TargetLock cleared = locks.clear(Optional.empty(), false).locks().get(1);

    assertThat(cleared.state()).isEqualTo(State.GONE);
    assertThat(cleared.cleared().orElseThrow().removed()).containsExactly(HALF);
    assertThat(nas.contents()).isEmpty();
  }

  @Test
  void one_that_has_expired_is_cleared_and_one_that_is_alive_by_force() {
    hold(nas, "other-host");
    clock.pass(Duration.ofMinutes(10));
    assertThat(locks.clear(Optional.of("nas"), false).locks().get(0).cleared()).isPresent();
    assertThat(nas.contents()).isEmpty();

    hold(nas, "other-host");
    assertThat(locks.clear(Optional.of("nas"), true).locks().get(0).cleared()).isPresent();
    assertThat(nas.contents()).isEmpty();
  }

  @Test
  void one_that_cannot_be_read_is_cleared_by_force_alone() {
    TestHost.put(nas, LOCK, "what is this");
    Report kept = locks.clear(Optional.of("nas"), false);
    assertThat(kept.locks().get(0).state()).isEqualTo(State.UNREADABLE);
    assertThat(kept.locks().get(0).cleared()).isEmpty();
    assertThat(nas.contents()).contains(LOCK);

    locks.clear(Optional.of("nas"), true);
    assertThat(nas.contents()).containsExactly(HALF + "/databases/half.dump");
  }

  @Test
  void what_lies_beside_a_free_lock_is_cleared_too() {
    TestHost.put(nas, ".holdfast/locks/beat-gone-0000000007", "h");

    assertThat(locks.clear(Optional.of("nas"), false).locks().get(0).cleared()).isPresent();

    assertThat(nas.contents()).containsExactly(HALF + "/databases/half.dump");
  }

  @Test
  void the_set_of_one_that_may_live_is_left_where_a_late_commit_cannot_be_stopped() {
    InMemoryBlobStore cloud = new InMemoryBlobStore(clock, false);
    TestHost.put(cloud, HALF + "/databases/half.dump", "PGDMP half");
    TestHost other = new TestHost(host.codec).storesOn("cloud", cloud);
    hold(cloud, "other-host");
    clock.pass(Duration.ofMinutes(10));

    TargetLock left =
        other.useCases().sets().manageLocks().clear(Optional.empty(), false).locks().get(0);

    assertThat(left.cleared().orElseThrow().left()).containsExactly(HALF);
    assertThat(cloud.contents()).containsExactly(HALF + "/databases/half.dump");
    hold(cloud, TestHost.NAME);
    other.useCases().sets().manageLocks().clear(Optional.empty(), false);
    assertThat(cloud.contents()).as("of a process that is gone").isEmpty();
  }

  @Test
  void a_target_that_fails_hides_no_other() {
    TestHost both =
        new TestHost()
            .storesOn(
                "down", new FaultyBlobStore(new InMemoryBlobStore(), Fault.from(Operation.OPEN, 1)))
            .storesOn("nas", nas);

    Report report = both.useCases().sets().manageLocks().show(Optional.empty());

    assertThat(report.unread()).singleElement().asString().contains("injected");
    assertThat(report.locks()).extracting(TargetLock::target).containsExactly("nas");
    assertThatThrownBy(() -> locks.show(Optional.of("tape")))
        .isInstanceOf(ConfigurationFailure.class);
  }

  private RepositoryLock.Held hold(InMemoryBlobStore on, String name) {
    return new RepositoryLock(new Target("t", on), host.codec, host.processes)
        .acquire(
            new LockHolder("t-" + name, name, 999, "m", TestHost.NOW, "backup", Optional.of(HALF)));
  }
}
