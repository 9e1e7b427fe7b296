package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.Reading;
import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.PruneBackups.Outcome;
import io.holdfast.application.port.in.PruneBackups.PrunedTarget;
import io.holdfast.application.port.in.PruneBackups.Report;
import io.holdfast.application.port.in.PruneBackups.Request;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.application.testing.MortalBlobStore;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.retention.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruneBackupsServiceTest {

  private static final RetentionPolicy TWO_DAYS =
      new RetentionPolicy(0, 0, 2, 0, 0, 0, ZoneOffset.UTC);
  private static final String LOCK = ".holdfast/locks/repository";

  /** What {@link #fill} makes, as it is to be decided about. */
  private static final Map<String, Outcome> DECIDED =
      Map.of(
          "20251006_013000", Outcome.KEPT,
          "20251006_010000", Outcome.KEPT,
          "20251005_010000", Outcome.KEPT,
          "20251004_020000", Outcome.DELETED,
          "20251004_010000", Outcome.DELETED,
          "20251003_010000", Outcome.KEPT,
          "20251002_010000", Outcome.DELETED,
          "20251001_010000", Outcome.KEPT,
          "20250930_010000", Outcome.DELETED);

  private final InMemoryBlobStore nas = new InMemoryBlobStore();
  private final TestHost host = new TestHost();

  @Test
  void what_goes_is_what_no_rule_keeps_and_each_target_counts_for_itself() {
    InMemoryBlobStore cloud = new InMemoryBlobStore();
    fill(nas);
    publish(cloud, "20240101_010000", TestHost.NAME, false);
    host.storesOn("nas", nas).storesOn("cloud", cloud);

    Report report = prune(Set.of());

    assertThat(report.targets()).extracting(PrunedTarget::target).containsExactly("nas", "cloud");
    assertThat(outcomes(report.targets().get(0))).isEqualTo(DECIDED);
    assertThat(outcomes(report.targets().get(1)))
        .isEqualTo(Map.of("20240101_010000", Outcome.KEPT));
    assertThat(report.targets()).allMatch(each -> each.failure().isEmpty());
    assertThat(folders(nas)).isEqualTo(kept());
    assertThat(TestHost.keys(nas)).as("nothing else is left").noneMatch(k -> k.contains("locks/"));
    assertThat(TestHost.keys(nas)).noneMatch(k -> k.contains("deletions/"));
    assertThat(report.targets().get(0).bytes(Outcome.DELETED)).isPositive();
  }

  @Test
  void a_dry_run_says_the_same_and_writes_nothing() {
    fill(nas);
    TestHost.put(nas, ".holdfast/deletions/a", "20251004_010000\n");
    Map<String, String> before = TestHost.texts(nas);
    ObservedBlobStore observed = new ObservedBlobStore(nas);
    host.storesOn("nas", observed);

    Report report =
        host.useCases()
            .sets()
            .pruneBackups(TWO_DAYS)
            .prune(new Request(Set.of(), true, Duration.ZERO), host.cancellation);

    assertThat(outcomes(report.targets().get(0)))
        .isEqualTo(
            DECIDED.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue() == Outcome.DELETED ? Outcome.TO_DELETE : e.getValue())));
    assertThat(TestHost.texts(nas)).isEqualTo(before);
    assertThat(observed.calls())
        .noneMatch(call -> call.matches("(create|delete|commit|clear)\\b.*"));
  }

  @Test
  void only_the_targets_that_are_named_are_pruned() {
    InMemoryBlobStore cloud = new InMemoryBlobStore();
    fill(nas);
    fill(cloud);
    host.storesOn("nas", nas).storesOn("cloud", cloud);

    Report report = prune(Set.of("cloud"));

    assertThat(report.targets()).extracting(PrunedTarget::target).containsExactly("cloud");
    assertThat(folders(nas)).isEqualTo(DECIDED.keySet());
    assertThatThrownBy(() -> prune(Set.of("tape"))).isInstanceOf(ConfigurationFailure.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"LIST", "OPEN", "READ"})
  void nothing_is_deleted_where_a_single_look_has_failed_and_others_go_on(Operation operation) {
    int looks = 0;
    for (int nth = 1; ; nth++) {
      InMemoryBlobStore store = new InMemoryBlobStore();
      fill(store);
      InMemoryBlobStore other = new InMemoryBlobStore();
      fill(other);
      TestHost one = new TestHost(host.codec);
      ObservedBlobStore observed = new ObservedBlobStore(store);
      one.storesOn("nas", new FaultyBlobStore(observed, Fault.once(operation, nth).after(1)))
          .storesOn("other", other);

      Report report = prune(one, Set.of());

      assertThat(folders(other)).isEqualTo(kept());
      Optional<?> failure = report.targets().get(0).failure();
      if (failure.isEmpty()) {
        break;
      }
      looks++;
      assertThat(failure.get()).isInstanceOf(StorageFailure.class);
      if (observed.calls("create").stream().noneMatch(key -> key.contains("deletions/"))) {
        assertThat(folders(store)).isEqualTo(DECIDED.keySet());
      }
      assertNoSetIsVisibleInPart(store);
    }
    assertThat(looks).isPositive();
  }

  @Test
  void a_manifest_that_is_damaged_is_nobodys_to_delete_and_stops_nothing() {
    fill(nas);
    nas.delete(key("20250930_010000/manifest.json"));
    TestHost.put(nas, "20250930_010000/manifest.json", "damaged");
    host.storesOn("nas", nas);

    assertThat(outcomes(prune(Set.of()).targets().get(0)))
        .containsEntry("20250930_010000", Outcome.KEPT)
        .containsEntry("20251002_010000", Outcome.DELETED);
  }

  @Test
  void killed_at_any_moment_no_set_is_visible_in_part_and_the_next_prune_comes_to_the_same() {
    int kills = 0;
    for (int life = 0; ; life++) {
      InMemoryBlobStore store = new InMemoryBlobStore();
      fill(store);
      TestHost.put(store, ".holdfast/pins/20251003_010000", "pinned");
      TestHost killed = new TestHost(host.codec);
      killed.storesOn("nas", new MortalBlobStore(store, life)).jobs(1);
      try {
        prune(killed, Set.of());
        break;
      } catch (MortalBlobStore.Killed dead) {
        kills++;
      }
      assertNoSetIsVisibleInPart(store);

      TestHost next = new TestHost(host.codec);
      next.processes.start(100, "another process of the same pid");
      Report report = prune(next.storesOn("nas", store), Set.of());

      assertThat(report.targets().get(0).failure()).isEmpty();
      assertThat(folders(store)).as("killed after %s calls", life).isEqualTo(kept());
      assertThat(TestHost.keys(store))
          .filteredOn(key -> key.startsWith(".holdfast/"))
          .as("killed after %s calls", life)
          .containsExactly(".holdfast/pins/20251003_010000");
    }
    assertThat(kills).isGreaterThan(50);
  }

  @Test
  void a_set_that_is_pinned_before_its_turn_is_spared() {
    fill(nas);
    ObservedBlobStore observed =
        new ObservedBlobStore(nas)
            .before(
                "delete 20250930_010000/checksums.sha256",
                () -> TestHost.put(nas, ".holdfast/pins/20251004_010000", "pinned"));

    Report report = prune(host.storesOn("nas", observed), Set.of());

    assertThat(outcomes(report.targets().get(0)))
        .containsEntry("20250930_010000", Outcome.DELETED)
        .containsEntry("20251004_010000", Outcome.SPARED);
    assertThat(folders(nas)).contains("20251004_010000");
    assertNoSetIsVisibleInPart(nas);
  }

  @Test
  void a_set_that_is_pinned_in_the_moment_it_goes_is_there_again_and_whole() {
    fill(nas);
    Map<String, String> before = TestHost.texts(nas);
    ObservedBlobStore observed =
        new ObservedBlobStore(nas)
            .before(
                "delete 20250930_010000/checksums.sha256",
                () -> TestHost.put(nas, ".holdfast/pins/20250930_010000", "pinned"));

    Report report = prune(host.storesOn("nas", observed), Set.of());

    assertThat(outcomes(report.targets().get(0))).containsEntry("20250930_010000", Outcome.SPARED);
    assertThat(TestHost.texts(nas))
        .containsAllEntriesOf(
            before.entrySet().stream()
                .filter(each -> each.getKey().startsWith("20250930_010000/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    assertThat(TestHost.keys(nas)).noneMatch(key -> key.contains("deletions/"));
  }

  @Test
  void a_set_that_is_being_read_stays_and_a_damaged_one_takes_no_place() {
    fill(nas);
    SetMarks marks =
        new SetMarks(
            new Target("nas", nas),
            host.codec,
            new Presence(
                host.processes,
                LockTerms.DEFAULT,
                TestHost.NAME,
                Clock.fixed(TestHost.NOW, ZoneOffset.UTC)));
    marks.record(
        id("20251005_010000"),
        new Verdict(TestHost.NOW, false, false, true, 1, List.of(), List.of("it is damaged")));
    marks.record(
        id("20250930_010000"),
        new Verdict(TestHost.NOW, false, false, true, 1, List.of(), List.of("it is damaged")));
    host.storesOn("nas", nas);

    try (Reading reading = marks.reading("restore", id("20251002_010000"), failure -> {})) {
      assertThat(reading).isNotNull();
      assertThat(outcomes(prune(Set.of()).targets().get(0)))
          .containsEntry("20251002_010000", Outcome.KEPT)
          .containsEntry("20251005_010000", Outcome.KEPT)
          .containsEntry("20251004_010000", Outcome.KEPT)
          .containsEntry("20250930_010000", Outcome.DELETED);
    }
    assertThat(outcomes(prune(Set.of()).targets().get(0)))
        .containsEntry("20251002_010000", Outcome.DELETED);
    assertThat(marks.verdicts().keySet()).containsExactly(id("20251005_010000"));
  }

  @Test
  void pins_of_sets_that_are_gone_are_forgotten_with_them() {
    fill(nas);
    TestHost.put(nas, ".holdfast/pins/20251002_010000", "pinned");
    host.storesOn("nas", nas);
    assertThat(outcomes(prune(Set.of()).targets().get(0)))
        .containsEntry("20251002_010000", Outcome.KEPT);

    TestHost.put(nas, ".holdfast/deletions/a", "20200101_000000\n");
    TestHost.put(nas, ".holdfast/pins/20200101_000000", "pinned");
    prune(Set.of());

    assertThat(TestHost.keys(nas))
        .filteredOn(key -> key.startsWith(".holdfast/"))
        .containsExactly(".holdfast/pins/20251002_010000");
  }

  @Test
  void a_prune_that_loses_its_lock_deletes_nothing_more() {
    fill(nas);
    fillUp(nas);
    ObservedBlobStore observed = new ObservedBlobStore(nas);
    for (int day = 17; day <= 20; day++) {
      observed.before(
          "open 202401%02d_000000/checksums.sha256".formatted(day), () -> nas.delete(key(LOCK)));
    }

    PrunedTarget target = prune(host.storesOn("nas", observed), Set.of()).targets().get(0);

    assertThat(target.failure().orElseThrow()).isInstanceOf(BusyFailure.class);
    assertThat(outcomes(target))
        .containsEntry("20240101_000000", Outcome.DELETED)
        .containsEntry("20240116_000000", Outcome.DELETED)
        .containsEntry("20240117_000000", Outcome.TO_DELETE)
        .containsEntry("20251004_010000", Outcome.TO_DELETE);
    assertThat(TestHost.keys(nas))
        .contains("20240117_000000/checksums.sha256", "20251004_010000/checksums.sha256");
    assertNoSetIsVisibleInPart(nas);
  }

  @Test
  void a_target_that_another_run_holds_is_busy_and_left_alone() {
    fill(nas);
    new RepositoryLock(new Target("t", nas), host.codec, host.processes)
        .acquire(
            new LockHolder("t", "other-host", 999, "m", TestHost.NOW, "backup", Optional.empty()));

    PrunedTarget target = prune(host.storesOn("nas", nas), Set.of()).targets().get(0);

    assertThat(target.failure().orElseThrow().kind()).isEqualTo(FailureKind.BUSY);
    assertThat(target.sets()).isEmpty();
    assertThat(folders(nas)).isEqualTo(DECIDED.keySet());
  }

  @Test
  void a_set_dated_in_the_future_stops_the_prune_of_its_target() {
    fill(nas);
    publish(nas, "20251007_020000", TestHost.NAME, false);

    PrunedTarget target = prune(host.storesOn("nas", nas), Set.of()).targets().get(0);

    assertThat(target.refusal().orElseThrow().explanation()).contains("20251007_020000");
    assertThat(target.failure()).isEmpty();
    assertThat(folders(nas)).containsAll(DECIDED.keySet());
    assertThat(TestHost.keys(nas)).noneMatch(key -> key.startsWith(".holdfast/"));
  }

  @Test
  void a_deletion_that_was_begun_is_ended_whatever_its_age_and_an_unfinished_set_gets_its_day() {
    TestHost.put(nas, "20251005_030000/databases/a.dump", "half a backup");
    TestHost.put(nas, "20251005_015959/databases/a.dump", "half a backup, dead");
    TestHost.put(nas, "20251006_010000/databases/a.dump", "half deleted");
    TestHost.put(nas, ".holdfast/deletions/a", "20251006_010000\n");

    prune(host.storesOn("nas", nas), Set.of());

    assertThat(TestHost.keys(nas)).containsExactly("20251005_030000/databases/a.dump");
  }

  @Test
  void an_unfinished_set_that_a_run_may_still_publish_is_left_this_time() {
    InMemoryBlobStore cloud =
        new InMemoryBlobStore(Clock.fixed(TestHost.NOW, ZoneOffset.UTC), false);
    SetId half = id("20251001_000000");
    TestHost.put(cloud, half + "/databases/a.dump", "half a backup");
    new RepositoryLock(new Target("t", cloud), host.codec, host.processes)
        .acquire(
            new LockHolder(
                "t",
                TestHost.NAME,
                999,
                "m",
                TestHost.NOW,
                "prune",
                Optional.empty(),
                Optional.of(Duration.ofMinutes(5)),
                List.of(half)));
    host.storesOn("cloud", cloud);

    assertThat(outcomes(prune(Set.of()).targets().get(0)))
        .isEqualTo(Map.of(half.toString(), Outcome.KEPT));
    assertThat(outcomes(prune(Set.of()).targets().get(0)))
        .isEqualTo(Map.of(half.toString(), Outcome.DELETED));
  }

  @Test
  void an_interrupted_prune_lets_go_of_its_lock_and_ends_its_task() {
    fill(nas);
    fillUp(nas);
    ObservedBlobStore observed =
        new ObservedBlobStore(nas)
            .before("delete 20240101_000000/checksums.sha256", host.cancellation::cancel);
    host.storesOn("nas", observed);

    assertThatThrownBy(() -> prune(Set.of())).isInstanceOf(InterruptedFailure.class);

    assertThat(nas.contents()).doesNotContain(LOCK).contains("20251004_010000/checksums.sha256");
    assertNoSetIsVisibleInPart(nas);
    assertThat(host.events.of(BackupEvent.TaskStarted.class)).hasSize(1);
    assertThat(host.events.of(BackupEvent.TaskEnded.class))
        .extracting(BackupEvent.TaskEnded::task)
        .containsExactly("prune nas");
  }

  private Report prune(Set<String> targets) {
    return prune(host, targets);
  }

  private static Report prune(TestHost host, Set<String> targets) {
    return host.useCases()
        .sets()
        .pruneBackups(TWO_DAYS)
        .prune(new Request(targets, false, Duration.ZERO), host.cancellation);
  }

  private void fill(BlobStore store) {
    publish(store, "20251006_013000", TestHost.NAME, true);
    publish(store, "20251006_010000", TestHost.NAME, false);
    publish(store, "20251005_010000", TestHost.NAME, false);
    publish(store, "20251004_020000", TestHost.NAME, true);
    publish(store, "20251004_010000", TestHost.NAME, false);
    publish(store, "20251003_010000", "another-host", false);
    publish(store, "20251002_010000", TestHost.NAME, false);
    TestHost.put(store, "20251001_010000/databases/a.dump", "PGDMP by hand");
    TestHost.put(
        store, "20251001_010000/checksums.sha256", sum("databases/a.dump", "PGDMP by hand"));
    publish(store, "20250930_010000", TestHost.NAME, false);
  }

  /** More than go at once. */
  private void fillUp(BlobStore store) {
    for (int day = 1; day <= 20; day++) {
      publish(store, "202401%02d_000000".formatted(day), TestHost.NAME, false);
    }
  }

  private static Set<String> kept() {
    return DECIDED.entrySet().stream()
        .filter(each -> each.getValue() == Outcome.KEPT)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void publish(BlobStore store, String id, String owner, boolean partial) {
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(Samples.stored("databases/a.dump", "PGDMP " + id));
    if (partial) {
      artifacts.add(new FailedArtifact(ArtifactId.volume("gone"), "it is not there"));
    }
    byte[] manifest = host.codec.write(Samples.manifest(id(id), owner, artifacts));
    String text = new String(manifest, StandardCharsets.UTF_8);
    TestHost.put(store, id + "/RESTORE.md", "Before the checksums in every listing.");
    TestHost.put(store, id + "/databases/a.dump", "PGDMP " + id);
    TestHost.put(store, id + "/manifest.json", text);
    TestHost.put(
        store,
        id + "/checksums.sha256",
        sum("RESTORE.md", "Before the checksums in every listing.")
            + sum("databases/a.dump", "PGDMP " + id)
            + sum("manifest.json", text));
  }

  private static String sum(String path, String text) {
    return Samples.sha256(TestHost.bytes(text)) + "  " + path + "\n";
  }

  /** Whatever has checksums has all that they name. */
  private void assertNoSetIsVisibleInPart(BlobStore store) {
    for (String key : TestHost.setKeys(store)) {
      if (key.endsWith("/checksums.sha256")) {
        String set = key.substring(0, key.indexOf('/'));
        TestHost.text(store, key)
            .lines()
            .forEach(
                line ->
                    assertThat(
                            sum(
                                line.substring(66),
                                TestHost.text(store, set + "/" + line.substring(66))))
                        .isEqualTo(line + "\n"));
      }
    }
  }

  private static Map<String, Outcome> outcomes(PrunedTarget target) {
    return target.sets().stream()
        .collect(
            Collectors.toMap(
                each -> each.decision().set().id().toString(), each -> each.outcome()));
  }

  private static Set<String> folders(BlobStore store) {
    return TestHost.setKeys(store).stream()
        .map(key -> key.substring(0, key.indexOf('/')))
        .collect(Collectors.toSet());
  }

  private static SetId id(String text) {
    return SetId.parse(text).orElseThrow();
  }

  private static BlobKey key(String text) {
    return new BlobKey(text);
  }
}
