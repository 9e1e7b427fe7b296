package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation of a small backup fails once, and for good, in its turn. */
class BackupFaultsTest {

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatever_fails_no_broken_set_is_visible_and_no_success_without_one(Operation operation) {
    long all = operationsOfACalmBackup(operation);
    for (long nth = 1; nth <= all + 1; nth++) {
      check(Fault.once(operation, nth), nth <= all);
      check(Fault.from(operation, nth), nth <= all);
      if (operation == Operation.WRITE) {
        check(Fault.once(operation, nth).after(2), nth <= all);
      }
    }
  }

  private static long operationsOfACalmBackup(Operation operation) {
    InMemoryBlobStore memory = new InMemoryBlobStore();
    FaultyBlobStore store = new FaultyBlobStore(memory);
    TestHost host = host(store);
    leaveAKilledRun(host, memory);
    backup(host);
    return store.count(operation);
  }

  private static void check(Fault fault, boolean happens) {
    InMemoryBlobStore alone = new InMemoryBlobStore();
    TestHost host = host(new FaultyBlobStore(alone, fault));
    leaveAKilledRun(host, alone);
    Optional<CreateBackup.Result> result = backup(host);

    host.verifyAll(alone).forEach(set -> assertThat(set.problems()).as(fault.toString()).isEmpty());
    boolean holds =
        !host.verifyAll(alone).isEmpty()
            && TestHost.setKeys(alone).contains(TestHost.ID + "/checksums.sha256");
    if (result.isPresent()) {
      assertThat(holds).as("success means a set, " + fault).isTrue();
    }
    if (!happens) {
      assertThat(result).as(fault.toString()).isPresent();
    }
    checkBeside(fault);
  }

  /** A second target that works has the set whatever the first does. */
  private static void checkBeside(Fault fault) {
    InMemoryBlobStore good = new InMemoryBlobStore();
    InMemoryBlobStore bad = new InMemoryBlobStore();
    TestHost host = host(new FaultyBlobStore(bad, fault)).storesOn("good", good);

    CreateBackup.Result result = backup(host).orElseThrow();

    assertThat(result.targets().get(1).failure()).as(fault.toString()).isEmpty();
    assertThat(host.verifyAll(good)).singleElement().matches(VerifiedSet::isWhole);
    host.verifyAll(bad).forEach(set -> assertThat(set.isWhole()).as(fault.toString()).isTrue());
    boolean bothHold = TestHost.setKeys(bad).contains(TestHost.ID + "/checksums.sha256");
    if (result.targets().get(0).failure().isEmpty()) {
      assertThat(bothHold).as(fault.toString()).isTrue();
    }
  }

  private static void leaveAKilledRun(TestHost host, InMemoryBlobStore store) {
    SetId killed = new SetId(TestHost.NOW.minus(Duration.ofDays(1)));
    new RepositoryLock(new Target("faulty", store), host.codec, host.processes)
        .acquire(
            new LockHolder(
                "killed",
                TestHost.NAME,
                999,
                "mark-999",
                killed.begun(),
                "backup",
                Optional.of(killed)));
    TestHost.put(store, killed + "/databases/half.dump", "PGDMP half");
  }

  private static Optional<CreateBackup.Result> backup(TestHost host) {
    try {
      return Optional.of(host.backup());
    } catch (StorageFailure failure) {
      assertThat(failure).hasMessageContaining("injected");
      return Optional.empty();
    }
  }

  private static TestHost host(FaultyBlobStore store) {
    return new TestHost()
        .jobs(1)
        .storesOn("faulty", store)
        .with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")))
        .with(
            FakeSource.volumes()
                .has(
                    FakeSource.heldSpec(ArtifactId.volume("data"), "web"),
                    (sink, cancellation) -> {
                      sink.write(TestHost.bytes("tar data"));
                      return FakeSource.report(8);
                    }));
  }
}
