package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.CheckHost.CheckedPart;
import io.holdfast.application.port.in.CheckHost.Part;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers.How;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckHostServiceTest {

  private static final Intent PAUSED = new Intent.HoldContainers(List.of("web"), How.PAUSED);
  private static final Intent UNKNOWN = new Intent.SwapVolume("v", "a", "b", "c", false);

  private static final Clock CLOCK = Clock.fixed(TestHost.NOW, ZoneOffset.UTC);

  private final InMemoryBlobStore store = new InMemoryBlobStore(CLOCK);
  private final TestHost host = new TestHost();

  @Test
  void a_ready_host_is_said_to_be_and_no_probe_is_left() {
    host.storesOn("local", store);
    host.probes.add(c -> List.of(new Finding("cluster main", Level.OK, "15.4", "")));

    List<CheckedPart> parts = check();

    assertThat(parts)
        .extracting(CheckedPart::part)
        .containsExactly(Part.RECOVERY, Part.SOURCES, Part.STORAGE);
    assertThat(parts.get(0).findings()).isEmpty();
    assertThat(parts).flatExtracting(CheckedPart::findings).hasSize(2).allMatch(this::isOk);
    assertThat(store.contents()).isEmpty();
  }

  private boolean isOk(Object finding) {
    return ((Finding) finding).level() == Level.OK;
  }

  /** The second time is the first of the trial where the lock has taken one before. */
  @ParameterizedTest
  @CsvSource({
    "CREATE, 1",
    "WRITE, 1",
    "COMMIT, 1",
    "COMMIT_ANSWER, 1",
    "LIST, 1",
    "OPEN, 2",
    "READ, 2"
  })
  void a_target_that_fails_at_anything_is_a_finding_and_the_next_is_looked_at(
      Operation what, int nth) {
    host.storesOn("bad", new FaultyBlobStore(store, Fault.from(what, nth)))
        .storesOn("good", new InMemoryBlobStore(CLOCK));

    List<Finding> findings = check().get(2).findings();

    assertThat(findings)
        .filteredOn(finding -> finding.subject().equals("target bad"))
        .isNotEmpty()
        .allMatch(finding -> finding.level() == Level.FAILED)
        .first()
        .satisfies(finding -> assertThat(finding.detail()).contains("injected"));
    assertThat(findings).last().matches(this::isOk);
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_target_that_deletes_nothing_is_a_finding() {
    host.storesOn("bad", new FaultyBlobStore(store, Fault.from(Operation.DELETE, 1)));

    assertThat(check().get(2).findings())
        .filteredOn(finding -> finding.subject().equals("target bad"))
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.FAILED);
              assertThat(finding.detail()).contains("injected");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"OPEN", "DELETE"})
  void a_lock_that_cannot_be_let_go_of_is_told_and_dies_with_this_process(Operation what) {
    host.storesOn("local", new FaultyBlobStore(store, Fault.once(what, 1)));

    assertThat(check().get(2).findings()).allMatch(this::isOk);
    assertThat(host.events.warnings())
        .singleElement()
        .asString()
        .contains("The lock on target local could not be removed", "injected");
    assertThat(store.contents()).containsExactly(".holdfast/locks/repository");
  }

  @Test
  void a_target_that_a_backup_can_do_without_is_told_apart() {
    host.storesOn("good", new InMemoryBlobStore(CLOCK))
        .mayStoreOn("bad", new FaultyBlobStore(store, Fault.once(Operation.CREATE, 1)));

    List<CheckedPart> parts = check();

    assertThat(parts.get(2).findings()).extracting(Finding::level).containsExactly(Level.OK);
    assertThat(parts.get(3).part()).isEqualTo(Part.OPTIONAL_STORAGE);
    assertThat(parts.get(3).findings()).extracting(Finding::level).containsExactly(Level.FAILED);
  }

  @Test
  void fewer_working_targets_than_the_quorum_are_a_failure_of_storage() {
    host.quorum(2)
        .storesOn("good", new InMemoryBlobStore())
        .mayStoreOn("bad", new FaultyBlobStore(store, Fault.once(Operation.CREATE, 1)));

    assertThat(check().get(2).findings())
        .filteredOn(finding -> finding.level() == Level.FAILED)
        .singleElement()
        .satisfies(finding -> assertThat(finding.detail()).contains("1 of 2 targets", "2 have to"));
  }

  @Test
  void what_a_killed_run_left_is_undone_struck_out_and_told() {
    host.journal.leave(PAUSED);

    List<Finding> findings = check().get(0).findings();

    assertThat(host.undoer.undone()).containsExactly(PAUSED);
    assertThat(host.journal.abandoned()).isEmpty();
    assertThat(findings).extracting(Finding::level).containsExactly(Level.WARNING);
    assertThat(check().get(0).findings()).isEmpty();
  }

  @Test
  void what_cannot_be_undone_stays_written_down_is_told_and_does_not_stop_the_rest() {
    host.journal.leave(UNKNOWN);
    host.journal.leave(PAUSED);
    host.undoer.fail(FakeSource.failure("podman does not answer"));

    assertThat(check().get(0).findings())
        .extracting(Finding::level)
        .containsExactly(Level.FAILED, Level.FAILED);
    assertThat(host.journal.abandoned()).hasSize(2);
  }

  @Test
  void a_run_undoes_under_a_lock_and_lets_it_go() {
    AtomicReference<Object> heldMeanwhile = new AtomicReference<>("");
    host.journal.leave(PAUSED);
    host.undoer.meanwhile(() -> heldMeanwhile.set(host.hostLock.held()));

    check();

    assertThat(heldMeanwhile.get()).hasToString("[recovery]");
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void the_lock_is_let_go_of_when_it_is_cancelled_while_it_undoes() {
    host.journal.leave(PAUSED);
    host.journal.leave(PAUSED);
    host.undoer.meanwhile(host.cancellation::cancel);

    assertThatThrownBy(this::check).isInstanceOf(InterruptedFailure.class);
    assertThat(host.journal.abandoned()).hasSize(1);
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void what_another_run_undoes_meanwhile_is_not_undone_again() throws Exception {
    host.journal.leave(PAUSED);
    var other = host.hostLock.acquire("recovery");
    Thread check = new Thread(this::check);
    check.start();
    host.journal.abandoned().forEach(entry -> entry.strike());
    other.close();
    check.join();

    assertThat(host.undoer.undone()).isEmpty();
  }

  @Test
  void a_backup_undoes_first_and_warns() {
    host.journal.leave(PAUSED);
    host.storesOn("local", store)
        .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar")));

    host.backup();

    assertThat(host.undoer.undone()).containsExactly(PAUSED);
    assertThat(host.events.warnings()).singleElement().asString().contains("killed run");
  }

  private List<CheckedPart> check() {
    return host.useCases().oversight().checkHost().check(host.cancellation);
  }
}
