package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.CopyBackup.Mode;
import io.holdfast.application.port.in.CopyBackup.Outcome;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeDestination;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever reads a set has it marked on its target for as long as it reads. */
class SetReadsTest {

  private static final String READERS = ".holdfast/readers/" + TestHost.ID + "/";
  private static final String DUMP = TestHost.ID + "/databases/app.dump";

  private final InMemoryBlobStore a = new InMemoryBlobStore();
  private final InMemoryBlobStore b = new InMemoryBlobStore();
  private Runnable beforeMark = () -> {};
  private final ObservedBlobStore observed =
      new ObservedBlobStore(a) {
        @Override
        public BlobWriter create(BlobKey key) {
          if (key.value().startsWith(READERS)) {
            beforeMark.run();
          }
          return super.create(key);
        }
      };
  private final TestHost host = host().storesOn("a", observed);

  @Test
  void a_verification_holds_a_mark_while_it_reads() {
    host.backup();
    boolean[] marked = lookAtMarksWhen("open " + DUMP);

    host.useCases()
        .sets()
        .verifyBackup()
        .verify(new SetSelector.Latest(Optional.empty()), false, host.cancellation);

    assertThat(marked[0]).isTrue();
    assertThat(marks(a)).isEmpty();
  }

  @Test
  void so_does_one_of_all_sets() {
    host.backup();
    boolean[] marked = lookAtMarksWhen("open " + DUMP);

    host.useCases().sets().verifyBackup().verifyAll(Optional.empty(), false, host.cancellation);

    assertThat(marked[0]).isTrue();
    assertThat(marks(a)).isEmpty();
  }

  @Test
  void so_does_a_restore_and_not_before_the_mark_is_written_does_it_read_the_checksums() {
    host.backup();
    FakeDestination databases = new FakeDestination(id -> true);
    host.destinations.add(databases);
    boolean[] marked = lookAtMarksWhen("open " + TestHost.ID + "/checksums.sha256");

    host.useCases().restores().restoreBackup().restore(restore(), host.cancellation);

    assertThat(marked[0]).isTrue();
    assertThat(marks(a)).isEmpty();
  }

  @Test
  void so_does_a_copy_on_its_source_and_only_there() {
    host.backup();
    host.storesOn("b", b);
    boolean[] marked = lookAtMarksWhen("open " + DUMP);

    var copied =
        host.useCases()
            .sets()
            .copyBackup()
            .copy(
                new SetSelector.ById(TestHost.ID, Optional.of("a")),
                "b",
                new Mode(false, Duration.ZERO),
                host.cancellation);

    assertThat(copied.outcome()).isEqualTo(Outcome.COPIED);
    assertThat(marked[0]).isTrue();
    assertThat(marks(a)).isEmpty();
    assertThat(marks(b)).isEmpty();
  }

  @Test
  void where_no_mark_can_be_written_a_restore_works_all_the_same() {
    FaultyBlobStore faulty = new FaultyBlobStore(a);
    TestHost other = new TestHost(host.codec).storesOn("a", faulty);
    host.backup();
    faulty.inject(Fault.from(Operation.CREATE, 1));
    FakeDestination databases = new FakeDestination(id -> true);
    other.destinations.add(databases);

    other.useCases().restores().restoreBackup().restore(restore(), other.cancellation);

    assertThat(databases.present()).containsEntry("app", "PGDMP app");
    assertThat(other.events.of(BackupEvent.Detail.class))
        .anyMatch(detail -> detail.message().contains("could not be marked"));
    assertThat(other.events.warnings()).isEmpty();
  }

  @Test
  void a_set_that_is_deleted_before_it_was_marked_is_taken_from_the_next_target() {
    host.storesOn("b", b);
    host.backup();
    beforeMark = () -> a.delete(sums());

    VerifiedSet verified =
        host.useCases()
            .sets()
            .verifyBackup()
            .verify(new SetSelector.ById(TestHost.ID, Optional.empty()), false, host.cancellation);

    assertThat(verified.isWhole()).isTrue();
    assertThat(observed.calls("create")).anyMatch(key -> key.startsWith(READERS));
    assertThat(marks(a)).isEmpty();
  }

  @Test
  void one_that_is_nowhere_else_is_not_read_at_all() {
    host.backup();
    beforeMark = () -> a.delete(sums());

    assertThatThrownBy(
            () ->
                host.useCases()
                    .sets()
                    .verifyBackup()
                    .verify(
                        new SetSelector.ById(TestHost.ID, Optional.empty()),
                        false,
                        host.cancellation))
        .isInstanceOf(IntegrityFailure.class);

    assertThat(marks(a)).isEmpty();
  }

  @Test
  void one_of_all_that_is_deleted_since_it_was_listed_is_passed_over() {
    host.backup();
    beforeMark = () -> a.delete(sums());

    var verified =
        host.useCases().sets().verifyBackup().verifyAll(Optional.empty(), false, host.cancellation);

    assertThat(verified.sets()).isEmpty();
    assertThat(verified.unread()).isEmpty();
  }

  private boolean[] lookAtMarksWhen(String call) {
    boolean[] marked = {false};
    observed.before(call, () -> marked[0] = !marks(a).isEmpty());
    return marked;
  }

  private static List<String> marks(InMemoryBlobStore store) {
    return store.contents().stream().filter(key -> key.startsWith(READERS)).toList();
  }

  private static BlobKey sums() {
    return new BlobKey(TestHost.ID + "/checksums.sha256");
  }

  private static RestoreBackup.Request restore() {
    return new RestoreBackup.Request(
        new SetSelector.Latest(Optional.empty()), Selection.all(), Optional.empty(), false, false);
  }

  private static TestHost host() {
    return new TestHost()
        .with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app")));
  }
}
