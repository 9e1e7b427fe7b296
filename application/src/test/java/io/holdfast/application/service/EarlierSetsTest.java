package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.Vanished;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EarlierSetsTest {

  private static final ArtifactId APP = ArtifactId.database("main", "app");
  private static final ArtifactId CRM = ArtifactId.database("main", "crm");

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final MemoryCodec codec = new MemoryCodec();

  /** A host some days on, with one cluster. */
  private TestHost host(int day, FakeSource source) {
    Clock clock = Clock.fixed(TestHost.NOW.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    return new TestHost(codec).at(clock).with(source);
  }

  private static FakeSource cluster(int bytes) {
    return FakeSource.cluster("main").has(APP, TestHost.bytes("x".repeat(bytes)));
  }

  private void makeThree() {
    for (int day = 0; day < 3; day++) {
      host(day, cluster(100_000).has(CRM, TestHost.bytes("crm"))).storesOn("local", store).backup();
    }
  }

  @Test
  void a_set_that_is_like_those_before_it_is_plausible() {
    makeThree();
    CreateBackup.Result result =
        host(3, cluster(60_000).has(CRM, TestHost.bytes("c"))).storesOn("local", store).backup();
    assertThat(result.comparison().isPlausible()).isTrue();
    assertThat(result.comparison().artifacts()).hasSize(2);
  }

  @Test
  void a_dump_that_shrank_is_suspect_and_the_set_stays_complete() {
    makeThree();
    CreateBackup.Result result =
        host(3, cluster(100).has(CRM, TestHost.bytes("crm"))).storesOn("local", store).backup();
    ArtifactTrend suspect = result.comparison().suspects().get(0);
    assertThat(suspect.artifact().id()).isEqualTo(APP);
    assertThat(suspect.usual()).hasValue(100_000);
    assertThat(suspect.bytes()).isEqualTo(100);
    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void a_database_that_is_gone_has_vanished_unless_it_was_not_asked_for() {
    makeThree();
    CreateBackup.Result one =
        host(3, cluster(100_000).has(CRM, TestHost.bytes("crm")))
            .storesOn("local", store)
            .backup(new Selection(Set.of(ArtifactKind.DATABASE), List.of("app")));
    assertThat(one.comparison().vanished()).isEmpty();
    CreateBackup.Result all = host(4, cluster(100_000)).storesOn("local", store).backup();
    assertThat(all.comparison().vanished()).extracting(Vanished::id).containsExactly(CRM);
  }

  @Test
  void a_few_manifests_are_read_however_many_sets_there_are() {
    for (int day = 0; day < 20; day++) {
      host(day, cluster(10)).storesOn("local", store).backup();
    }
    int before = codec.manifestsRead();
    host(20, cluster(10)).storesOn("local", store).backup();
    assertThat(codec.manifestsRead() - before).isLessThanOrEqualTo(10);
  }

  @Test
  void a_target_that_has_no_history_yet_is_passed_over() {
    makeThree();
    CreateBackup.Result result =
        host(3, cluster(100))
            .storesOn("new", new InMemoryBlobStore())
            .storesOn("local", store)
            .backup();
    assertThat(result.comparison().suspects()).hasSize(1);
    assertThat(result.comparison().vanished()).hasSize(1);
  }

  @Test
  void a_history_that_cannot_be_read_is_a_warning() {
    makeThree();
    CreateBackup.Result result =
        host(3, cluster(100)).storesOn("local", new Unlistable(store)).backup();
    assertThat(result.comparison().isPlausible()).isTrue();
    assertThat(result.warnings())
        .containsExactly(
            "The new set could not be compared with the earlier ones on target local: no list");
  }

  /** Refuses to list everything, as a store may whose folder holds what it cannot read. */
  private static final class Unlistable extends ForwardingBlobStore {
    private Unlistable(BlobStore inner) {
      super(inner);
    }

    @Override
    public void list(String prefix, BlobVisitor visitor) {
      if (prefix.isEmpty()) {
        throw new StorageFailure(FailureKind.STORAGE, "no list", "");
      }
      super.list(prefix, visitor);
    }
  }
}
