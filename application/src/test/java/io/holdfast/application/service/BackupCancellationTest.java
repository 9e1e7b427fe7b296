package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator's Ctrl-C at any moment of a backup. */
class BackupCancellationTest {

  private final InMemoryBlobStore memory = new InMemoryBlobStore();

  @Test
  void cancelled_before_it_begins_it_does_nothing() {
    TestHost host = host(memory);
    host.cancellation.cancel();

    assertThatThrownBy(host::backup).isInstanceOf(InterruptedFailure.class);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void cancelled_before_any_call_to_the_store_it_leaves_nothing_or_the_whole_set() {
    ObservedBlobStore calm = new ObservedBlobStore(new InMemoryBlobStore());
    host(calm).backup();
    List<String> calls = calm.calls().stream().distinct().toList();
    List<String> survived = new ArrayList<>();
    for (String call : calls) {
      InMemoryBlobStore store = new InMemoryBlobStore();
      ObservedBlobStore observed = new ObservedBlobStore(store);
      TestHost host = host(observed);
      observed.before(call, host.cancellation::cancel);
      try {
        host.backup();
        survived.add(call);
        assertThat(host.verifyAll(store)).as(call).singleElement().matches(VerifiedSet::isWhole);
      } catch (InterruptedFailure interrupted) {
        assertThat(store.contents()).as("cancelled before: " + call).isEmpty();
      }
    }
    assertThat(survived).isNotEmpty().allMatch(BackupCancellationTest::isPublication);
    assertThat(calls).hasSizeGreaterThan(survived.size() + 5);
  }

  /**
   * Once the publication has begun it is carried through, and earlier sets are looked at after it.
   */
  private static boolean isPublication(String call) {
    return call.endsWith("README.md")
        || call.endsWith("manifest.json")
        || call.endsWith("RESTORE.md")
        || call.endsWith("checksums.sha256")
        || call.contains(".holdfast/locks/repository")
        || call.equals("list ");
  }

  @Test
  void cancelled_while_an_artifact_is_read_the_others_are_not_begun() {
    List<String> begun = new ArrayList<>();
    TestHost host = new TestHost().jobs(1).storesOn("local", memory);
    FakeSource volumes = FakeSource.volumes();
    for (String name : List.of("a", "b", "c")) {
      volumes.has(
          FakeSource.spec(ArtifactId.volume(name)),
          (sink, cancellation) -> {
            begun.add(name);
            sink.write(1);
            host.cancellation.cancel();
            assertThat(cancellation.isCancelled()).isTrue();
            sink.write(2);
            return FakeSource.report(2);
          });
    }
    host.with(volumes);

    assertThatThrownBy(host::backup).isInstanceOf(InterruptedFailure.class);
    assertThat(begun).containsExactly("a");
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_source_whose_child_died_of_the_same_signal_does_not_make_a_partial_set() {
    TestHost host = new TestHost().jobs(1).storesOn("local", memory);
    host.with(
        FakeSource.volumes()
            .has(ArtifactId.volume("a"), TestHost.bytes("tar"))
            .has(
                FakeSource.spec(ArtifactId.volume("b")),
                (sink, cancellation) -> {
                  Thread late = new Thread(host.cancellation::cancel);
                  late.start();
                  throw FakeSource.failure("tar was killed");
                }));

    assertThatThrownBy(host::backup).isInstanceOf(InterruptedFailure.class);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void one_whose_child_died_for_another_reason_is_partial_all_the_same() {
    TestHost host = new TestHost().jobs(1).storesOn("local", memory);
    host.with(
        FakeSource.volumes()
            .has(ArtifactId.volume("a"), TestHost.bytes("tar"))
            .breaksOff(ArtifactId.volume("b"), TestHost.bytes("ta")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.PARTIAL);
  }

  private static TestHost host(BlobStore store) {
    return new TestHost()
        .jobs(1)
        .storesOn("local", store)
        .with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .has(ArtifactId.database("main", "crm"), TestHost.bytes("PGDMP crm")));
  }
}
