package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.CopyBackup.CopiedSet;
import io.holdfast.application.port.in.CopyBackup.Mode;
import io.holdfast.application.port.in.CopyBackup.Outcome;
import io.holdfast.application.port.in.CopyBackup.Repair;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyBackupServiceTest {

  private static final String APP = TestHost.ID + "/databases/app.dump";
  private static final Mode COPY = new Mode(false, Duration.ZERO);
  private static final Mode PLAN = new Mode(true, Duration.ZERO);

  private final InMemoryBlobStore a = new InMemoryBlobStore();
  private final InMemoryBlobStore b = new InMemoryBlobStore();
  private final InMemoryBlobStore c = new InMemoryBlobStore();
  private final TestHost host = host().storesOn("a", a);

  @Test
  void a_copy_is_the_same_to_the_byte_and_its_checksums_come_last() {
    host.backup();
    ObservedBlobStore observed = new ObservedBlobStore(b);
    host.storesOn("b", observed);

    CopiedSet copied = copy(Optional.of("a"), "b");

    assertThat(copied.outcome()).isEqualTo(Outcome.COPIED);
    assertThat(copied.from() + copied.to()).isEqualTo("ab");
    assertThat(copied.files()).isEqualTo(5);
    assertThat(copied.keptFiles()).isZero();
    assertThat(TestHost.texts(b)).isEqualTo(TestHost.texts(a)).containsKey("README.md");
    assertThat(observed.calls("commit").stream().filter(key -> key.startsWith(TestHost.ID + "/")))
        .last()
        .isEqualTo(TestHost.ID + "/checksums.sha256");
    assertThat(b.contents()).noneMatch(key -> key.contains("lock"));
  }

  @Test
  void a_set_that_is_there_already_is_said_to_be_and_nothing_is_sent() {
    host.backup();
    FaultyBlobStore counted = new FaultyBlobStore(b);
    host.storesOn("b", counted);
    copy(Optional.empty(), "b");
    long created = counted.count(Operation.CREATE);

    assertThat(copy(Optional.of("a"), "b").outcome()).isEqualTo(Outcome.PRESENT);
    assertThat(counted.count(Operation.CREATE)).as("the lock alone").isEqualTo(created + 1);
  }

  @Test
  void a_set_that_only_the_target_has_is_there_already() {
    host.backup();
    host.storesOn("b", b);

    assertThat(copy(Optional.empty(), "a").outcome()).isEqualTo(Outcome.PRESENT);
    assertThat(b.contents()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatever_fails_on_the_target_no_visible_set_is_incomplete_and_the_next_copy_repairs(
      Operation operation) {
    host.backup();
    for (boolean forever : new boolean[] {false, true}) {
      boolean happens = true;
      for (long nth = 1; happens; nth++) {
        InMemoryBlobStore memory = new InMemoryBlobStore();
        Fault fault = forever ? Fault.from(operation, nth) : Fault.once(operation, nth);
        FaultyBlobStore faulty = new FaultyBlobStore(memory, fault);
        host.targets.subList(1, host.targets.size()).clear();
        host.storesOn("b", faulty);

        Optional<Failure> failure = failureOfCopy();

        host.verifyAll(memory)
            .forEach(set -> assertThat(set.problems()).as(fault.toString()).isEmpty());
        if (failure.isEmpty()) {
          assertThat(host.verifyAll(memory)).as(fault.toString()).hasSize(1);
        }
        happens = faulty.count(operation) >= nth;
        faulty.heal();
        faulty.delete(new BlobKey(".holdfast/locks/repository"));
        assertThat(failureOfCopy()).as(fault.toString()).isEmpty();
        assertThat(TestHost.setKeys(memory)).isEqualTo(TestHost.setKeys(a));
        assertThat(host.verifyAll(memory)).singleElement().matches(VerifiedSet::isWhole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"OPEN", "READ", "STAT", "LIST"})
  void whatever_fails_on_the_source_no_visible_set_is_incomplete(Operation operation) {
    host.backup();
    boolean happens = true;
    for (long nth = 1; happens; nth++) {
      InMemoryBlobStore memory = new InMemoryBlobStore();
      FaultyBlobStore faulty = new FaultyBlobStore(a, Fault.once(operation, nth).after(2));
      host.targets.clear();
      host.storesOn("a", faulty).storesOn("b", memory);

      Optional<Failure> failure = failureOfCopy();

      host.verifyAll(memory).forEach(set -> assertThat(set.problems()).isEmpty());
      assertThat(host.verifyAll(memory)).hasSize(failure.isEmpty() ? 1 : 0);
      happens = faulty.count(operation) >= nth;
    }
  }

  @Test
  void a_damaged_file_is_named_and_nothing_is_published() {
    host.backup();
    a.overwrite(new BlobKey(APP), TestHost.bytes("PGDMP apq"));
    host.storesOn("b", b);

    assertThatThrownBy(() -> copy(Optional.of("a"), "b"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("databases/app.dump");
    assertThat(host.set(b, TestHost.ID).isPublished()).isFalse();
    assertThat(b.contents()).noneMatch(key -> key.startsWith("("));
  }

  @Test
  void a_missing_file_is_named_before_anything_is_sent() {
    host.backup();
    a.delete(new BlobKey(APP));
    host.storesOn("b", b);

    assertThatThrownBy(() -> copy(Optional.of("a"), "b"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("databases/app.dump");
    assertThat(TestHost.setKeys(b)).isEmpty();
  }

  @Test
  void the_next_target_serves_what_the_first_has_damaged() {
    host.storesOn("c", c).backup();
    a.overwrite(new BlobKey(APP), TestHost.bytes("PGDMP apq"));
    host.storesOn("b", b);

    CopiedSet copied = copy(Optional.empty(), "b");

    assertThat(copied.from()).isEqualTo("c");
    assertThat(copied.warnings()).singleElement().asString().contains("Target a", "app.dump");
    assertThat(host.verifyAll(b)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void what_is_not_published_unknown_or_of_another_host_is_refused() {
    host.storesOn("b", b);
    assertThatThrownBy(() -> copy(Optional.empty(), "b")).isInstanceOf(IntegrityFailure.class);
    TestHost.put(a, APP, "PGDMP half");
    assertThatThrownBy(() -> copy(Optional.empty(), "b"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("incomplete");
    assertThat(b.contents()).isEmpty();
  }

  @Test
  void another_set_of_the_same_id_is_left_alone() {
    host.backup();
    TestHost.put(b, TestHost.ID + "/checksums.sha256", "0".repeat(64) + "  x\n");
    host.storesOn("b", b);
    List<String> before = TestHost.setKeys(b);

    assertThatThrownBy(() -> copy(Optional.of("a"), "b"))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("another set");
    assertThat(TestHost.setKeys(b)).isEqualTo(before);
  }

  @Test
  void whole_files_of_an_interrupted_copy_are_not_sent_again_and_others_are_replaced() {
    host.backup();
    TestHost.put(b, APP, TestHost.text(a, APP));
    TestHost.put(b, TestHost.ID + "/databases/globals.sql", "CREATE ROLE apq;");
    TestHost.put(b, TestHost.ID + "/volumes/stray.tar", "of a killed backup");
    ObservedBlobStore observed = new ObservedBlobStore(b);
    host.storesOn("b", observed);

    CopiedSet copied = copy(Optional.of("a"), "b");

    assertThat(copied.keptFiles()).isEqualTo(1);
    assertThat(observed.calls("create")).doesNotContain(APP);
    assertThat(TestHost.texts(b)).isEqualTo(TestHost.texts(a));
    assertThat(host.verifyAll(b)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void a_copy_that_is_cancelled_before_any_call_leaves_no_broken_set_and_the_next_goes_on() {
    host.backup();
    ObservedBlobStore calm = new ObservedBlobStore(new InMemoryBlobStore());
    host.storesOn("b", calm);
    copy(Optional.of("a"), "b");
    for (String call : calm.calls().stream().distinct().toList()) {
      InMemoryBlobStore memory = new InMemoryBlobStore();
      ObservedBlobStore observed = new ObservedBlobStore(memory);
      TestHost next = sameAs(host).storesOn("a", a).storesOn("b", observed);
      observed.before(call, next.cancellation::cancel);
      try {
        copy(next, Optional.of("a"), "b");
      } catch (InterruptedFailure interrupted) {
        assertThat(host.set(memory, TestHost.ID).isPublished()).as(call).isFalse();
      }
      host.verifyAll(memory).forEach(set -> assertThat(set.problems()).as(call).isEmpty());
      assertThat(memory.contents()).as(call).noneMatch(key -> key.contains("lock"));
      TestHost again = sameAs(host).storesOn("a", a).storesOn("b", memory);
      copy(again, Optional.of("a"), "b");
      assertThat(host.verifyAll(memory)).as(call).singleElement().matches(VerifiedSet::isWhole);
    }
  }

  @Test
  void the_target_is_locked_and_the_source_is_not() {
    host.backup();
    ObservedBlobStore source = new ObservedBlobStore(a);
    ObservedBlobStore target = new ObservedBlobStore(b);
    host.targets.clear();
    host.storesOn("a", source).storesOn("b", target);
    List<LockHolder> seen = new ArrayList<>();
    target.before("create " + APP, () -> seen.add(lockOn(b)));

    copy(Optional.of("a"), "b");

    assertThat(seen.get(0).command()).isEqualTo("copy " + TestHost.ID);
    assertThat(seen.get(0).set()).as("what would go with a dead copy's lock").isEmpty();
    assertThat(source.calls("create"))
        .as("it is marked as being read")
        .allMatch(key -> key.startsWith(".holdfast/readers/" + TestHost.ID + "/"));
  }

  @Test
  void what_fails_because_whoever_took_the_lock_cleared_it_is_told_as_a_lost_lock() {
    host.backup();
    ObservedBlobStore target = new ObservedBlobStore(b);
    host.storesOn("b", target);
    target.before(
        "commit " + APP,
        () -> {
          b.delete(new BlobKey(".holdfast/locks/repository"));
          b.clearAbandoned();
        });

    assertThatThrownBy(() -> copy(Optional.of("a"), "b"))
        .isInstanceOf(BusyFailure.class)
        .hasMessageContaining("was removed while this run held it");
  }

  @Test
  void another_run_on_the_target_is_waited_for_no_longer_than_asked() {
    host.backup();
    host.storesOn("b", b);
    lock(b, "other", host.processes.self(), "backup", Optional.of(TestHost.ID));
    assertThatThrownBy(() -> copy(Optional.of("a"), "b")).isInstanceOf(BusyFailure.class);
    assertThat(TestHost.setKeys(b)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_a_killed_copy_left_stays_for_the_next_and_a_killed_backups_goes(boolean copy) {
    host.backup();
    TestHost.put(b, APP, TestHost.text(a, APP));
    lock(
        b,
        "killed",
        999,
        copy ? "copy " + TestHost.ID : "backup",
        copy ? Optional.empty() : Optional.of(TestHost.ID));
    host.storesOn("b", b);

    CopiedSet copied = copy(Optional.of("a"), "b");

    assertThat(copied.keptFiles()).isEqualTo(copy ? 1 : 0);
    assertThat(host.verifyAll(b)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void all_that_is_missing_is_copied_oldest_first_from_whoever_has_it() {
    SetId older = backupAt(-3600, "a", a);
    backupAt(0, "c", c);
    TestHost three = sameAs(host).storesOn("a", a).storesOn("b", b).storesOn("c", c);

    Repair repair = missing(three, COPY);

    assertThat(repair.sets())
        .extracting(set -> set.id() + " " + set.from() + set.to() + " " + set.outcome())
        .containsExactly(
            older + " ab COPIED",
            older + " ac COPIED",
            TestHost.ID + " ca COPIED",
            TestHost.ID + " cb COPIED");
    for (BlobStore store : List.of(a, b, c)) {
      assertThat(host.verifyAll(store)).hasSize(2).allMatch(VerifiedSet::isWhole);
    }
    assertThat(missing(three, COPY).sets()).isEmpty();
  }

  @Test
  void a_plan_changes_nothing() {
    host.backup();
    host.storesOn("b", b);

    assertThat(missing(host, PLAN).sets())
        .extracting(CopiedSet::outcome)
        .containsExactly(Outcome.PLANNED);
    assertThat(
            host.useCases()
                .sets()
                .copyBackup()
                .copy(id(Optional.of("a")), "b", PLAN, host.cancellation)
                .outcome())
        .isEqualTo(Outcome.PLANNED);
    assertThat(b.contents()).isEmpty();
  }

  @Test
  void one_that_cannot_be_copied_does_not_stop_the_others() {
    SetId older = backupAt(-3600, "a", a);
    backupAt(0, "a", a);
    a.overwrite(new BlobKey(older + "/databases/app.dump"), TestHost.bytes("PGDMP apq"));
    FaultyBlobStore gone = new FaultyBlobStore(c, Fault.from(Operation.LIST, 1));
    TestHost three = sameAs(host).storesOn("a", a).storesOn("b", b).storesOn("c", gone);

    Repair repair = missing(three, COPY);

    assertThat(repair.sets())
        .extracting(CopiedSet::outcome)
        .containsExactly(Outcome.FAILED, Outcome.COPIED);
    assertThat(repair.sets().get(0).failure()).get().isInstanceOf(IntegrityFailure.class);
    assertThat(repair.unread()).singleElement().isInstanceOf(StorageFailure.class);
    assertThat(host.verifyAll(b)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void sets_of_other_hosts_and_unfinished_ones_are_not_missed() {
    Manifest foreign =
        Samples.manifest(TestHost.ID, "another", List.of(Samples.stored("x.dump", "y")));
    TestHost.put(
        a,
        TestHost.ID + "/manifest.json",
        new String(host.codec.write(foreign), StandardCharsets.UTF_8));
    TestHost.put(a, TestHost.ID + "/checksums.sha256", "0".repeat(64) + "  manifest.json\n");
    TestHost.put(a, "20250101_000000/databases/half.dump", "PGDMP half");
    host.storesOn("b", b);

    assertThat(missing(host, COPY).sets()).isEmpty();
    assertThatThrownBy(() -> copy(Optional.of("a"), "b")).isInstanceOf(IntegrityFailure.class);
    assertThat(TestHost.setKeys(b)).isEmpty();
  }

  @Test
  void a_set_is_not_copied_onto_itself() {
    assertThatThrownBy(() -> copy(Optional.of("a"), "a")).isInstanceOf(UsageFailure.class);
  }

  private SetId backupAt(long seconds, String name, BlobStore store) {
    Clock clock = Clock.fixed(TestHost.NOW.plusSeconds(seconds), ZoneOffset.UTC);
    host.targets.clear();
    host.at(clock).storesOn(name, store);
    return host.backup().manifest().id();
  }

  private Optional<Failure> failureOfCopy() {
    try {
      copy(Optional.of("a"), "b");
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure);
    }
  }

  private CopiedSet copy(Optional<String> from, String to) {
    return copy(host, from, to);
  }

  private static CopiedSet copy(TestHost on, Optional<String> from, String to) {
    return on.useCases().sets().copyBackup().copy(id(from), to, COPY, on.cancellation);
  }

  private static Repair missing(TestHost on, Mode mode) {
    return on.useCases()
        .sets()
        .copyBackup()
        .copyMissing(Optional.empty(), Optional.empty(), mode, on.cancellation);
  }

  private static SetSelector id(Optional<String> from) {
    return new SetSelector.ById(TestHost.ID, from);
  }

  private LockHolder lockOn(BlobStore store) {
    String text = TestHost.text(store, ".holdfast/locks/repository");
    return host.codec.readLockHolder(TestHost.bytes(text));
  }

  private void lock(BlobStore store, String token, long pid, String command, Optional<SetId> set) {
    new RepositoryLock(new Target("t", store), host.codec, host.processes)
        .acquire(
            new LockHolder(
                token,
                TestHost.NAME,
                pid,
                pid == 999 ? "mark-999" : host.processes.markOf(pid).orElse(""),
                TestHost.NOW,
                command,
                set));
  }

  /** Another host of the same name that reads the same manifests. */
  private static TestHost sameAs(TestHost other) {
    return new TestHost(other.codec);
  }

  private static TestHost host() {
    return new TestHost()
        .with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")))
        .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")));
  }
}
