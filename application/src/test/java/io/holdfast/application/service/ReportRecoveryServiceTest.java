package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.Request;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.application.testing.MemoryDrillLedger;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.Objectives;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportRecoveryServiceTest {

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final TestHost host = new TestHost();
  private int runs;

  private SetId publish(BlobStore to, int daysAgo, String content) {
    SetId id = new SetId(TestHost.NOW.minus(Duration.ofDays(daysAgo)));
    List<StoredArtifact> artifacts =
        List.of(
            Samples.stored(ArtifactId.database("main", "app"), "databases/app.dump", content),
            Samples.stored(ArtifactId.database("main", "b"), "databases/b.dump", "b"));
    Manifest manifest = Samples.manifest(id, TestHost.NAME, artifacts);
    TestHost.put(
        to, id + "/manifest.json", new String(host.codec.write(manifest), StandardCharsets.UTF_8));
    TestHost.put(to, id + "/checksums.sha256", "x");
    return id;
  }

  /** Remembers that a set was made so many days ago. */
  private SetId made(int daysAgo, RunOutcome outcome, String target, String... databases) {
    return made(daysAgo, outcome, target, Optional.empty(), databases);
  }

  private SetId made(
      int daysAgo,
      RunOutcome outcome,
      String target,
      Optional<Map<ArtifactKind, Long>> whole,
      String... databases) {
    Instant at = TestHost.NOW.minus(Duration.ofDays(daysAgo));
    RunFacts facts =
        new RunFacts(
            List.of(new SetId(at)),
            List.of(databases).stream()
                .map(name -> new ArtifactFact("database main/" + name, 5, 9, 1, Optional.empty()))
                .toList(),
            List.of(
                new TargetFact(target, Optional.empty()),
                new TargetFact("dead", Optional.of("no route"))),
            List.of(),
            whole.map(RunFacts.Whole::new));
    host.runs.remember(
        new Run(new RunId("20250901_020000-backup-" + ++runs), RunKind.BACKUP, at, Optional.empty())
            .ended(new RunEnding(at.plusSeconds(7), outcome, 0, Optional.empty(), "", facts)));
    return new SetId(at);
  }

  private Report report(int days) {
    return report(new Request(Optional.empty(), days));
  }

  private Report report(Request request) {
    return host.useCases()
        .oversight()
        .reportRecovery(
            new OversightUseCases.Watch(
                new Objectives(Optional.of(Duration.ofDays(2)), Optional.empty()),
                OptionalLong.empty(),
                id -> true,
                kind -> Optional.empty(),
                List.of(),
                () -> {
                  throw new AssertionError("nobody is told");
                },
                new MemoryDrillLedger()))
        .report(request);
  }

  private static TargetPast only(Report report) {
    assertThat(report.targets()).hasSize(1);
    return report.targets().get(0);
  }

  private static List<PastState> states(TargetPast target) {
    return target.sets().stream().map(PastSet::state).toList();
  }

  private SetMarks marks() {
    return new SetMarks(
        new Target("local", store),
        host.codec,
        new Presence(
            host.processes,
            LockTerms.DEFAULT,
            TestHost.NAME,
            Clock.fixed(TestHost.NOW, ZoneOffset.UTC)));
  }

  @Test
  void the_sets_of_a_time_are_told_newest_first_with_what_became_of_them() {
    host.storesOn("local", store);
    SetId pinned = publish(store, 1, "x");
    SetId damaged = publish(store, 2, "x");
    publish(store, 9, "x");
    SetId handmade = new SetId(TestHost.NOW.minus(Duration.ofDays(3)));
    TestHost.put(store, handmade + "/checksums.sha256", "x");
    SetId incomplete = new SetId(TestHost.NOW.minus(Duration.ofDays(4)));
    TestHost.put(store, incomplete + "/databases/app.dump", "x");
    SetId broken = new SetId(TestHost.NOW.minus(Duration.ofDays(5)));
    TestHost.put(store, broken + "/manifest.json", "none");
    TestHost.put(store, broken + "/checksums.sha256", "x");
    marks().record(damaged, new Verdict(TestHost.NOW, false, false, true, 1, List.of(), List.of()));
    marks().pin(pinned, new Pin(Optional.empty(), TestHost.NOW, "me"));

    TargetPast local = only(report(8));

    assertThat(states(local))
        .containsExactly(
            PastState.COMPLETE,
            PastState.DAMAGED,
            PastState.HANDMADE,
            PastState.INCOMPLETE,
            PastState.DAMAGED);
    assertThat(local.sets().get(0).pinned()).isTrue();
    assertThat(local.sets().get(1).pinned()).isFalse();
    assertThat(local.sets().get(0).artifacts()).isEqualTo(2);
    assertThat(local.sets().get(0).took()).isPresent();
    assertThat(local.gaps().gaps())
        .as("what is damaged brings nobody back; the one before the window begins the first gap")
        .extracting(gap -> gap.length().toDays())
        .containsExactly(8L, 1L);
  }

  @Test
  void a_set_that_is_unusually_small_beside_older_ones_is_suspect() {
    host.storesOn("local", store);
    String large = "x".repeat(64 * 1024);
    for (int day = 30; day > 0; day--) {
      publish(store, day, day == 12 ? "x" : large);
    }
    TargetPast local = only(report(14));
    assertThat(local.sets()).hasSize(14);
    assertThat(local.sets().get(11).state()).isEqualTo(PastState.SUSPECT);
    assertThat(states(local)).filteredOn(PastState.SUSPECT::equals).hasSize(1);
  }

  @Test
  void sets_that_were_deleted_since_are_told_and_close_gaps() {
    host.storesOn("local", store);
    publish(store, 1, "x");
    publish(store, 8, "x");
    SetId gone = made(5, RunOutcome.SUCCEEDED, "local", "app", "b");
    made(4, RunOutcome.PARTIAL, "local", "app", "b");
    made(3, RunOutcome.FAILED, "local", "app", "b");
    made(2, RunOutcome.SUCCEEDED, "nas", "app", "b");
    made(6, RunOutcome.SUCCEEDED, "local", "other");
    made(1, RunOutcome.SUCCEEDED, "local", "app", "b");
    made(20, RunOutcome.SUCCEEDED, "local", "app", "b");

    TargetPast local = only(report(10));

    assertThat(states(local))
        .containsExactly(
            PastState.COMPLETE,
            PastState.DELETED,
            PastState.DELETED,
            PastState.DELETED,
            PastState.COMPLETE);
    assertThat(local.sets().get(2).id()).isEqualTo(gone);
    assertThat(local.sets().get(2).bytes()).isEqualTo(10);
    assertThat(local.sets().get(2).took()).contains(Duration.ofSeconds(7));
    assertThat(local.gaps().gaps())
        .extracting(gap -> gap.length().toDays())
        .containsExactly(3L, 4L, 1L);
  }

  @Test
  void a_gap_lasts_until_the_set_that_ends_it_was_finished() {
    host.storesOn("local", store);
    publish(store, 1, "x");
    publish(store, 8, "x");
    made(5, RunOutcome.SUCCEEDED, "local", "app", "b");
    assertThat(report(10).gaps().gaps())
        .as("sets that are there take 5 s, the deleted one took 7")
        .extracting(gap -> gap.length())
        .containsExactly(
            Duration.ofDays(3).plusSeconds(7),
            Duration.ofDays(4).plusSeconds(5),
            Duration.ofDays(1));
  }

  @Test
  void what_a_deleted_set_was_of_is_told_by_its_run() {
    host.storesOn("local", store);
    publish(store, 1, "x");
    publish(store, 9, "x");
    made(7, RunOutcome.SUCCEEDED, "local", Optional.of(Map.of(ArtifactKind.DATABASE, 9L)), "app");
    made(5, RunOutcome.SUCCEEDED, "local", Optional.of(Map.of()), "app", "b");
    assertThat(report(10).gaps().gaps())
        .as("one of a few names brings nobody back, however many those are")
        .extracting(gap -> gap.length().toDays())
        .containsExactly(2L, 6L, 1L);
  }

  @Test
  void any_target_closes_a_gap_and_one_that_cannot_be_read_is_told() {
    InMemoryBlobStore nas = new InMemoryBlobStore();
    host.storesOn("local", store)
        .storesOn("nas", nas)
        .storesOn("dead", new Dead(new InMemoryBlobStore()));
    publish(store, 1, "x");
    publish(nas, 3, "x");
    publish(store, 5, "x");
    Report report = report(10);
    assertThat(report.gaps().gaps())
        .extracting(gap -> gap.length().toDays())
        .containsExactly(2L, 2L, 1L);
    assertThat(report.targets().get(0).gaps().longest().orElseThrow().length())
        .isEqualTo(Duration.ofDays(4).plusSeconds(5));
    assertThat(report.targets().get(2).failure()).contains("no route");
    assertThat(report.since()).isEqualTo(TestHost.NOW.minus(Duration.ofDays(10)));
    assertThat(report.host().host()).isEqualTo(TestHost.NAME);
    assertThat(report(new Request(Optional.of("nas"), 10)).targets())
        .extracting(TargetPast::target)
        .containsExactly("nas");
    assertThatThrownBy(() -> report(new Request(Optional.of("no"), 10)))
        .isInstanceOf(ConfigurationFailure.class);
  }

  @Test
  void the_largest_artifacts_are_followed_back() {
    host.storesOn("local", store);
    publish(store, 30, "xxx");
    publish(store, 2, "xxx");
    publish(store, 1, "xxxx");
    Report report = report(10);
    assertThat(report.artifacts())
        .extracting(artifact -> artifact.name())
        .containsExactly("database main/app", "database main/b");
    assertThat(report.artifacts().get(0).sizes())
        .extracting(size -> size.bytes())
        .containsExactly(3L, 4L);
    assertThat(Set.copyOf(states(only(report)))).containsExactly(PastState.COMPLETE);
  }

  /** Cannot be reached. */
  private static final class Dead extends ForwardingBlobStore {
    private Dead(BlobStore inner) {
      super(inner);
    }

    @Override
    public void list(String prefix, BlobVisitor visitor) {
      throw new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "no route", "");
    }
  }
}
