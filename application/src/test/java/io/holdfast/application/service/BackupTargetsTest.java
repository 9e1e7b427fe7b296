package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.BlobStoreThatCannotDrop;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.SetStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a backup when targets fail. */
class BackupTargetsTest {

  private final InMemoryBlobStore good = new InMemoryBlobStore();
  private final InMemoryBlobStore bad = new InMemoryBlobStore();

  static Stream<Fault> everywhere() {
    return Stream.of(
        Fault.once(Operation.CREATE, 1),
        Fault.once(Operation.CREATE, 2),
        Fault.once(Operation.CREATE, 3),
        Fault.once(Operation.WRITE, 1),
        Fault.once(Operation.WRITE, 2),
        Fault.once(Operation.WRITE, 2).after(3),
        Fault.once(Operation.WRITE, 3).as(FailureKind.STORAGE_FULL),
        Fault.once(Operation.COMMIT, 1),
        Fault.once(Operation.COMMIT, 2),
        Fault.once(Operation.COMMIT, 4),
        Fault.once(Operation.COMMIT, 5),
        Fault.once(Operation.COMMIT, 6),
        Fault.once(Operation.COMMIT, 7),
        Fault.once(Operation.COMMIT_ANSWER, 2),
        Fault.once(Operation.COMMIT_ANSWER, 7),
        Fault.once(Operation.LIST, 1),
        Fault.once(Operation.STAT, 1),
        Fault.once(Operation.OPEN, 1));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void one_target_that_fails_anywhere_is_out_and_the_other_has_the_whole_set(Fault fault) {
    for (boolean first : new boolean[] {true, false}) {
      InMemoryBlobStore whole = new InMemoryBlobStore();
      InMemoryBlobStore failing = new InMemoryBlobStore();
      BlobStore faulty = new FaultyBlobStore(failing, fault);
      TestHost host = host();
      host.storesOn("one", first ? faulty : whole).storesOn("two", first ? whole : faulty);

      CreateBackup.Result result = host.backup();

      assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
      assertThat(result.targets())
          .filteredOn(target -> target.failure().isPresent())
          .singleElement()
          .satisfies(
              target -> {
                assertThat(target.target()).isEqualTo(first ? "one" : "two");
                assertThat(target.failure()).get().asString().contains("injected");
              });
      assertThat(host.verifyAll(whole)).singleElement().matches(VerifiedSet::isWhole);
      assertThat(TestHost.setKeys(failing)).isEmpty();
      assertThat(failing.contents()).noneMatch(key -> key.contains("lock"));
      assertThat(whole.contents()).noneMatch(key -> key.contains("lock"));
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void when_every_target_fails_the_storage_failed_and_nothing_is_left(Fault fault) {
    TestHost host =
        host()
            .storesOn("one", new FaultyBlobStore(good, fault))
            .storesOn("two", new FaultyBlobStore(bad, fault));

    assertThatThrownBy(host::backup)
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("injected");
    assertThat(TestHost.setKeys(good)).isEmpty();
    assertThat(TestHost.setKeys(bad)).isEmpty();
    assertThat(good.contents()).allMatch(key -> key.equals("README.md"));
    assertThat(bad.contents()).allMatch(key -> key.equals("README.md"));
  }

  @ParameterizedTest
  @CsvSource({
    // so many hold it; the bad one is required; quorum
    "2, true, 1, EVERYWHERE",
    "2, true, 2, EVERYWHERE",
    "2, false, 2, EVERYWHERE",
    "1, false, 1, ENOUGH",
    "1, true, 1, TOO_FEW",
    "1, false, 2, TOO_FEW",
  })
  void required_targets_and_the_quorum_say_whether_a_set_is_kept_well(
      int holding, boolean required, int quorum, CreateBackup.Keeping keeping) {
    FaultyBlobStore faulty = new FaultyBlobStore(bad);
    if (holding == 1) {
      faulty.inject(Fault.from(Operation.COMMIT, 2));
    }
    TestHost host = host().quorum(quorum).storesOn("good", good);
    host = required ? host.storesOn("bad", faulty) : host.mayStoreOn("bad", faulty);

    CreateBackup.Result result = host.backup();

    assertThat(result.keeping()).isEqualTo(keeping);
    assertThat(host.verifyAll(good)).singleElement().matches(VerifiedSet::isWhole);
    assertThat(host.verifyAll(bad)).hasSize(holding - 1);
  }

  @Test
  void the_manifest_tells_which_target_has_the_set_and_why_another_has_not() {
    TestHost host =
        host()
            .storesOn("good", good)
            .storesOn("bad", new FaultyBlobStore(bad, Fault.once(Operation.CREATE, 2)));

    CreateBackup.Result result = host.backup();

    Manifest published = host.set(good, TestHost.ID).manifest().orElseThrow();
    assertThat(published).isEqualTo(result.manifest());
    assertThat(published.targets()).extracting(ManifestTarget::name).containsExactly("good", "bad");
    assertThat(published.targets().get(0).reason()).isEmpty();
    assertThat(published.targets().get(1).reason())
        .isEqualTo(result.targets().get(1).failure())
        .get()
        .asString()
        .contains("injected");
  }

  @Test
  void the_manifest_knows_of_a_target_that_fails_at_the_guide_and_no_later() {
    for (int commit = 4; commit <= 7; commit++) {
      InMemoryBlobStore whole = new InMemoryBlobStore();
      InMemoryBlobStore failing = new InMemoryBlobStore();
      TestHost host =
          host()
              .storesOn("whole", whole)
              .storesOn(
                  "failing", new FaultyBlobStore(failing, Fault.once(Operation.COMMIT, commit)));

      host.backup();

      Manifest published = host.set(whole, TestHost.ID).manifest().orElseThrow();
      assertThat(published.targets().get(1).isStored())
          .as("commit " + commit)
          .isEqualTo(commit > 5);
      assertThat(TestHost.setKeys(failing)).isEmpty();
    }
  }

  @Test
  void when_every_target_fails_each_says_why() {
    TestHost host =
        host()
            .storesOn("one", new FaultyBlobStore(good, Fault.once(Operation.CREATE, 2)))
            .storesOn(
                "two",
                new FaultyBlobStore(
                    bad, Fault.once(Operation.WRITE, 2).as(FailureKind.STORAGE_FULL)));

    StorageFailure failure = catchThrowableOfType(StorageFailure.class, host::backup);

    List<String> lines = failure.getMessage().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("one: ").contains("injected");
    assertThat(lines.get(2)).startsWith("two: ").contains("injected");
    assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
  }

  @Test
  void a_full_target_is_told_as_full() {
    TestHost host =
        host()
            .storesOn(
                "usb",
                new FaultyBlobStore(
                    bad, Fault.once(Operation.WRITE, 2).as(FailureKind.STORAGE_FULL)));

    StorageFailure failure = catchThrowableOfType(StorageFailure.class, host::backup);

    assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE_FULL);
  }

  @Test
  void a_target_that_could_not_say_what_it_holds_keeps_a_set_of_the_same_id() {
    publishAtTheSameSecond(bad);
    Map<String, String> before = TestHost.texts(bad);
    TestHost host =
        host()
            .storesOn("good", good)
            .storesOn("bad", new FaultyBlobStore(bad, Fault.once(Operation.LIST, 1)));

    CreateBackup.Result result = host.backup();

    assertThat(result.targets().get(1).failure()).isPresent();
    assertThat(TestHost.texts(bad)).isEqualTo(before);
  }

  @Test
  void a_target_that_cannot_even_drop_what_it_has_does_not_spoil_the_artifact_for_the_other() {
    TestHost host =
        host()
            .storesOn("bad", new BlobStoreThatCannotDrop(bad, "databases/app.dump"))
            .storesOn("good", good);

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.targets().get(0).failure()).get().asString().contains("cannot write");
    assertThat(host.verifyAll(good)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void what_cannot_be_taken_back_is_told() {
    FaultyBlobStore faulty =
        new FaultyBlobStore(bad, Fault.once(Operation.COMMIT, 4), Fault.once(Operation.DELETE, 1));
    TestHost host = host().storesOn("bad", faulty).storesOn("good", good);

    host.backup();

    assertThat(host.events.warnings())
        .singleElement()
        .asString()
        .contains("target bad")
        .contains("could not be removed");
  }

  @Test
  void a_lock_that_cannot_be_removed_is_told() {
    FaultyBlobStore faulty = new FaultyBlobStore(good, Fault.once(Operation.DELETE, 1));

    TestHost host = host().storesOn("good", faulty);
    host.backup();

    assertThat(host.events.warnings())
        .singleElement()
        .asString()
        .contains("The lock on target good could not be removed");
  }

  private static void publishAtTheSameSecond(BlobStore store) {
    host().storesOn("earlier", store).backup();
  }

  private static TestHost host() {
    return new TestHost()
        .jobs(1)
        .with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")));
  }
}
