package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.FakeProcesses;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two backups on one repository. */
class BackupLockTest {

  private static final String LOCK = ".holdfast/locks/repository";
  private static final SetId OTHER = new SetId(Instant.parse("2025-10-05T02:00:00Z"));

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final ObservedBlobStore store = new ObservedBlobStore(memory);
  private final TestHost host =
      new TestHost()
          .storesOn("local", store)
          .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")));

  @Test
  void the_second_is_refused_at_once_names_the_holder_and_touches_nothing() {
    host.processes.start(7, "mark-7");
    lock(memory, 7);
    TestHost.put(memory, OTHER + "/databases/half.dump", "PGDMP half");

    assertThatThrownBy(host::backup)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("process 7 on umig-dev");
    assertThat(TestHost.keys(memory)).containsExactly(LOCK, OTHER + "/databases/half.dump");
  }

  @Test
  void the_second_waits_as_long_as_it_is_told_and_no_longer() {
    host.processes.start(7, "mark-7");
    lock(memory, 7);
    host.at(new SteppingClock(TestHost.NOW, Duration.ofSeconds(1)));

    assertThatThrownBy(() -> host.backup(Selection.all(), Duration.ofSeconds(6)))
        .isInstanceOf(BusyFailure.class);
    assertThat(store.calls("create")).as("more than one try").hasSizeGreaterThan(1);
  }

  @Test
  void the_second_goes_on_when_the_first_ends_while_it_waits() {
    host.processes.start(7, "mark-7");
    RepositoryLock.Held first = lock(memory, 7);
    store.before("create " + LOCK, () -> store.before("create " + LOCK, first::close));

    CreateBackup.Result result = host.backup(Selection.all(), Duration.ofHours(1));

    assertThat(result.targets()).allMatch(target -> target.failure().isEmpty());
  }

  @Test
  void a_set_that_waited_for_another_run_is_named_after_the_moment_at_which_it_began() {
    host.processes.start(7, "mark-7");
    RepositoryLock.Held first = lock(memory, 7);
    SteppingClock clock = new SteppingClock(TestHost.NOW, Duration.ZERO);
    host.at(clock);
    store.before("open " + LOCK, () -> clock.pass(Duration.ofMinutes(10)));
    store.before("create " + LOCK, () -> store.before("create " + LOCK, first::close));

    CreateBackup.Result result = host.backup(Selection.all(), Duration.ofHours(1));

    assertThat(result.manifest().id()).hasToString("20251006_021000");
    assertThat(result.manifest().started()).isEqualTo(TestHost.NOW.plus(Duration.ofMinutes(10)));
    assertThat(host.events.of(BackupEvent.Note.class))
        .singleElement()
        .satisfies(note -> assertThat(note.message()).contains("Waiting").contains("process 7"));
  }

  @Test
  void a_wait_ends_when_it_is_cancelled_and_lets_go_of_the_targets_that_it_has() {
    InMemoryBlobStore free = new InMemoryBlobStore();
    TestHost both =
        new TestHost().with(host.sources.get(0)).storesOn("free", free).storesOn("held", store);
    both.processes.start(7, "mark-7");
    new RepositoryLock(new Target("held", memory), both.codec, both.processes).acquire(holder(7));
    store.before("open " + LOCK, both.cancellation::cancel);

    assertThatThrownBy(() -> both.backup(Selection.all(), Duration.ofHours(1)))
        .isInstanceOf(InterruptedFailure.class);

    assertThat(free.contents()).isEmpty();
  }

  @Test
  void a_killed_runs_lock_is_taken_over_and_its_unfinished_set_is_removed() {
    lock(memory, 999);
    TestHost.put(memory, OTHER + "/databases/half.dump", "PGDMP half");
    TestHost.put(memory, OTHER + "/manifest.json", "manifest");
    TestHost.put(memory, "20250101_000000/databases/older.dump", "PGDMP older");

    host.backup();

    assertThat(TestHost.setKeys(memory))
        .noneMatch(key -> key.startsWith(OTHER.toString()))
        .as("what another run left is not known to be dead")
        .contains("20250101_000000/databases/older.dump");
    assertThat(host.events.warnings())
        .singleElement()
        .asString()
        .contains("Removed the unfinished set " + OTHER);
    assertThat(store.calls()).contains("clear");
    assertThat(memory.contents()).noneMatch(key -> key.contains("lock"));
  }

  @Test
  void a_set_that_a_killed_run_had_published_is_kept() {
    lock(memory, 999);
    TestHost.put(memory, OTHER + "/databases/app.dump", "PGDMP");
    TestHost.put(memory, OTHER + "/checksums.sha256", "sums");

    host.backup();

    assertThat(TestHost.setKeys(memory))
        .contains(OTHER + "/databases/app.dump", OTHER + "/checksums.sha256");
    assertThat(host.events.warnings()).isEmpty();
  }

  @Test
  void a_lock_that_was_lost_before_publication_means_that_nothing_is_published() {
    TestHost losing = new TestHost().storesOn("first", store);
    losing.with(losesTheLock());

    assertThatThrownBy(losing::backup)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("was removed while this run held it");
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_target_whose_lock_was_lost_fails_and_the_others_get_the_set() {
    InMemoryBlobStore second = new InMemoryBlobStore();
    TestHost losing = new TestHost().storesOn("first", store).storesOn("second", second);
    losing.with(losesTheLock());

    CreateBackup.Result result = losing.backup();

    assertThat(result.targets().get(0).failure())
        .get()
        .asString()
        .contains("was removed while this run held it");
    assertThat(memory.contents()).isEmpty();
    assertThat(result.targets().get(1).failure()).isEmpty();
    assertThat(TestHost.setKeys(second)).contains(TestHost.ID + "/checksums.sha256");
  }

  @Test
  void a_lock_that_is_lost_as_the_set_is_published_takes_it_back() {
    store.before(
        "commit " + TestHost.ID + "/checksums.sha256", () -> memory.delete(new BlobKey(LOCK)));

    assertThatThrownBy(host::backup).isInstanceOf(BusyFailure.class);

    assertThat(memory.contents()).containsExactly("README.md");
    assertThat(store.calls("delete")).first().asString().endsWith("checksums.sha256");
  }

  @Test
  void what_fails_because_whoever_took_the_lock_cleared_it_is_told_as_a_lost_lock() {
    store.before(
        "commit " + TestHost.ID + "/volumes/data.tar",
        () -> {
          memory.delete(new BlobKey(LOCK));
          memory.clearAbandoned();
        });

    assertThatThrownBy(host::backup)
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("was removed while this run held it")
        .satisfies(
            lost -> assertThat(lost.getSuppressed()[0]).hasMessageContaining("was cleared away"));
  }

  @Test
  void what_lies_on_a_target_whose_lock_is_lost_is_gone_before_the_set_is_visible_elsewhere() {
    InMemoryBlobStore other = new InMemoryBlobStore();
    List<String> leftThen = new ArrayList<>();
    ObservedBlobStore second =
        new ObservedBlobStore(other)
            .before(
                "commit " + TestHost.ID + "/checksums.sha256",
                () -> leftThen.addAll(TestHost.setKeys(memory)));
    TestHost losing = new TestHost().storesOn("first", store).storesOn("second", second);
    losing.with(losesTheLock());

    losing.backup();

    assertThat(store.calls("commit")).contains(TestHost.ID + "/volumes/data.tar");
    assertThat(leftThen).isEmpty();
    assertThat(TestHost.setKeys(other)).contains(TestHost.ID + "/checksums.sha256");
  }

  @Test
  void what_a_copy_may_have_brought_to_a_target_whose_lock_is_lost_is_left_to_it() {
    InMemoryBlobStore second = new InMemoryBlobStore();
    TestHost losing = new TestHost().storesOn("first", store).storesOn("second", second);
    losing.with(host.sources.get(0));
    store.before(
        "commit " + TestHost.ID + "/checksums.sha256", () -> memory.delete(new BlobKey(LOCK)));

    CreateBackup.Result result = losing.backup();

    assertThat(result.targets().get(0).failure()).get().asString().contains("was removed");
    assertThat(TestHost.setKeys(memory))
        .contains(TestHost.ID + "/volumes/data.tar")
        .doesNotContain(TestHost.ID + "/checksums.sha256");
    assertThat(losing.events.warnings())
        .singleElement()
        .asString()
        .contains("What was written to target first could not be removed");
  }

  private FakeSource losesTheLock() {
    return FakeSource.volumes()
        .has(
            FakeSource.spec(ArtifactId.volume("data")),
            (sink, cancellation) -> {
              memory.delete(new BlobKey(LOCK));
              sink.write(1);
              return FakeSource.report(1);
            });
  }

  @Test
  void the_lock_that_another_run_took_meanwhile_is_left_to_it() {
    TestHost losing = new TestHost().storesOn("first", memory);
    losing.processes.start(7, "mark-7");
    losing.with(
        FakeSource.volumes()
            .has(
                FakeSource.spec(ArtifactId.volume("data")),
                (sink, cancellation) -> {
                  memory.delete(new BlobKey(LOCK));
                  new RepositoryLock(new Target("first", memory), losing.codec, losing.processes)
                      .acquire(holder(7));
                  TestHost.put(memory, TestHost.ID + "/databases/theirs.dump", "PGDMP");
                  sink.write(1);
                  return FakeSource.report(1);
                }));

    assertThatThrownBy(losing::backup).isInstanceOf(BusyFailure.class);
    assertThat(TestHost.keys(memory)).containsExactly(LOCK, TestHost.ID + "/databases/theirs.dump");
  }

  @Test
  void the_lock_is_held_until_all_is_published_or_taken_back() {
    host.backup();

    assertThat(store.calls())
        .containsSubsequence(
            "commit " + LOCK,
            "list " + TestHost.ID + "/",
            "commit " + TestHost.ID + "/volumes/data.tar",
            "create " + TestHost.ID + "/checksums.sha256",
            "open " + LOCK,
            "commit " + TestHost.ID + "/checksums.sha256",
            "open " + LOCK,
            "delete " + LOCK);
    List<String> after =
        store
            .calls()
            .subList(store.calls().lastIndexOf("delete " + LOCK) + 1, store.calls().size());
    assertThat(after).as("the look at earlier sets needs no lock").containsExactly("list ");
  }

  private RepositoryLock.Held lock(BlobStore on, long pid) {
    return new RepositoryLock(new Target("local", on), host.codec, new FakeProcesses())
        .acquire(holder(pid));
  }

  private static LockHolder holder(long pid) {
    return new LockHolder(
        "token-" + pid,
        TestHost.NAME,
        pid,
        "mark-" + pid,
        TestHost.NOW,
        "backup",
        Optional.of(OTHER));
  }
}
