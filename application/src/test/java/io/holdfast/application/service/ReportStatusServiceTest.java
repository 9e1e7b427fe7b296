package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.HostFolders;
import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.MissingSet;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.in.ReportStatus.Request;
import io.holdfast.application.port.out.history.ObjectivesMemory;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.application.testing.MemoryDrillLedger;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.Objectives;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportStatusServiceTest {

  private static final Request HERE = new Request(Optional.empty(), false);
  private static final Request EVERYWHERE = new Request(Optional.empty(), true);
  private static final Instant NEXT = Instant.parse("2025-10-07T02:00:00Z");

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final TestHost host = new TestHost();
  private final List<List<String>> heard = new ArrayList<>();
  private final Map<String, Set<String>> remembered = new HashMap<>();
  private List<String> trouble = List.of();
  private final MemoryDrillLedger ledger = new MemoryDrillLedger();
  private Optional<Duration> rto = Optional.empty();

  /** Publishes a set that was begun so many hours ago. */
  private SetId publish(BlobStore to, String folder, String of, int hoursAgo, String... databases) {
    SetId id = new SetId(TestHost.NOW.minus(Duration.ofHours(hoursAgo)));
    List<StoredArtifact> artifacts =
        Stream.of(databases)
            .map(
                name ->
                    Samples.stored(
                        ArtifactId.database("main", name), "databases/" + name + ".dump", name))
            .toList();
    Manifest manifest = Samples.manifest(id, of, artifacts);
    String manifestText = new String(host.codec.write(manifest), StandardCharsets.UTF_8);
    TestHost.put(to, folder + id + "/manifest.json", manifestText);
    TestHost.put(to, folder + id + "/checksums.sha256", "x");
    return id;
  }

  private SetId publish(int hoursAgo, String... databases) {
    return publish(store, "", TestHost.NAME, hoursAgo, databases);
  }

  private ReportStatus status(Duration rpo) {
    return host.useCases()
        .oversight()
        .reportStatus(
            new OversightUseCases.Watch(
                new Objectives(Optional.of(rpo).filter(d -> !d.isZero()), rto),
                OptionalLong.of(23),
                id -> !id.name().equals("excluded"),
                kind -> kind == RunKind.BACKUP ? Optional.of(NEXT) : Optional.empty(),
                List.of(new Listener()),
                Remembered::new,
                ledger));
  }

  private Report report(Request request) {
    return status(Duration.ofHours(24)).report(request);
  }

  private static HostStatus only(Report report) {
    assertThat(report.hosts()).hasSize(1);
    return report.hosts().get(0);
  }

  private static Content content(HostStatus of, String target) {
    return of.targets().stream()
        .filter(each -> each.target().equals(target))
        .findFirst()
        .flatMap(ReportStatus.TargetStatus::content)
        .orElseThrow();
  }

  private static List<Concern> concerns(Report report) {
    return report.findings().stream().map(Finding::concern).toList();
  }

  @Test
  void a_host_with_a_young_set_is_well_and_nothing_is_written() {
    host.storesOn("local", new ReadOnly(store));
    SetId set = publish(5, "app");
    publish(29, "app");
    TestHost.put(store, ".holdfast/drills/" + set + "/1.json", "{}");
    HostStatus own = only(report(HERE));
    assertThat(own.findings()).isEmpty();
    assertThat(own.host()).isEqualTo(TestHost.NAME);
    assertThat(own.newest()).contains(set);
    assertThat(own.recoveryPoint()).contains(set);
    assertThat(own.nextBackup()).contains(NEXT);
    assertThat(content(own, "local").sizes().sets()).hasSize(2);
    assertThat(content(own, "local").lastDrill()).isPresent();
    assertThat(content(own, "local").lock()).isEmpty();
    assertThat(content(own, "local").verified()).isEmpty();
  }

  @Test
  void a_required_target_without_a_young_set_misses_the_objective() {
    InMemoryBlobStore nas = new InMemoryBlobStore();
    host.storesOn("local", store).storesOn("nas", nas);
    SetId young = publish(24, "app");
    publish(nas, "", TestHost.NAME, 25, "app");
    Report report = report(HERE);
    assertThat(report.findings())
        .containsExactly(
            new Finding(
                Concern.OBJECTIVE_MISSED,
                TestHost.NAME,
                Optional.of("nas"),
                "target nas can bring umig-dev back to 20251005_010000 only, 1 d 1 h ago; the"
                    + " objective is 1 d"));
    assertThat(only(report).missing()).contains(new MissingSet(young, List.of("nas")));
    assertThat(only(report).recoveryPoint()).contains(young);
  }

  @Test
  void a_target_that_is_not_required_is_behind_unless_the_quorum_needs_it() {
    host.storesOn("local", store).mayStoreOn("usb", new InMemoryBlobStore());
    publish(1, "app");
    assertThat(concerns(report(HERE))).containsExactly(Concern.BEHIND);
    host.quorum(2);
    Report report = report(HERE);
    assertThat(concerns(report)).containsExactly(Concern.OBJECTIVE_MISSED, Concern.BEHIND);
    assertThat(report.findings().get(0).text()).startsWith("1 of 2 targets hold");
    assertThat(concerns(report(new Request(Optional.of("local"), false)))).isEmpty();
  }

  @Test
  void without_an_objective_only_a_host_without_any_set_is_a_finding() {
    host.storesOn("local", store);
    assertThat(concerns(status(Duration.ZERO).report(HERE))).containsExactly(Concern.NO_SET);
    publish(9_000, "app");
    assertThat(concerns(status(Duration.ZERO).report(HERE))).isEmpty();
  }

  @Test
  void a_target_that_cannot_be_read_hides_no_other() {
    host.storesOn("nas", new Dead(new InMemoryBlobStore()))
        .storesOn("local", store)
        .mayStoreOn("usb", new Dead(new InMemoryBlobStore()));
    publish(1, "app");
    Report report = report(HERE);
    assertThat(concerns(report)).containsExactly(Concern.UNREADABLE, Concern.BEHIND);
    assertThat(content(only(report), "local").newest()).isPresent();
    assertThat(only(report).targets().get(0).failure()).isPresent();
  }

  @Test
  void what_vanished_or_is_damaged_or_dated_in_the_future_is_a_finding() {
    host.storesOn("local", store);
    publish(49, "app", "gone", "excluded");
    SetId newest = publish(3, "app", "more");
    SetId damaged = publish(2, "app", "more");
    SetId future = publish(-72, "app", "more");
    SetMarks marks = marks();
    marks.record(damaged, verdict(false));
    marks.record(newest, verdict(true));
    marks.pin(newest, new Pin(Optional.of("why"), TestHost.NOW, "me"));
    Report report = report(HERE);
    assertThat(concerns(report)).containsExactly(Concern.DAMAGED, Concern.FUTURE, Concern.VANISHED);
    assertThat(report.findings().get(2).text()).startsWith("database main/gone is not there");
    assertThat(report.findings().get(1).text()).contains(future.toString());
    Content content = content(only(report), "local");
    assertThat(content.newest()).as("neither damaged nor in the future").contains(newest);
    assertThat(content.damaged()).containsExactly(damaged);
    assertThat(content.pins()).containsOnlyKeys(newest);
    assertThat(content.verified()).isPresent();
  }

  @Test
  void a_set_of_another_host_is_counted_and_does_not_count() {
    host.storesOn("local", store);
    publish(store, "", "other", 1, "app");
    HostStatus own = only(report(HERE));
    assertThat(content(own, "local").foreign()).isEqualTo(1);
    assertThat(own.newest()).isEmpty();
    assertThat(own.findings())
        .extracting(Finding::concern)
        .containsExactly(Concern.OBJECTIVE_MISSED);
  }

  @Test
  void a_held_lock_is_told_with_its_holder() {
    host.storesOn("local", store);
    publish(1, "app");
    String lock =
        new String(
            host.codec.write(
                new Presence(
                        host.processes,
                        LockTerms.DEFAULT,
                        "other",
                        Clock.fixed(TestHost.NOW, ZoneOffset.UTC))
                    .self("backup", Optional.empty())
                    .expiringAfter(Duration.ofMinutes(10))),
            StandardCharsets.UTF_8);
    TestHost.put(store, ".holdfast/locks/repository", lock);
    assertThat(content(only(report(HERE)), "local").lock())
        .hasValueSatisfying(held -> assertThat(held.holder().host()).isEqualTo("other"));
  }

  @Test
  void every_host_beside_this_one_is_judged_by_the_same_objectives() {
    host.storesOn("cloud", new InMemoryBlobStore());
    host.fleets.put("cloud", new HostFolders(store, "", "/backups"));
    publish(store, TestHost.NAME + "/backups/", TestHost.NAME, 1, "app");
    publish(store, "stale/backups/", "stale", 50, "app");
    publish(store, "thin/backups/", "thin", 30, "app", "excluded");
    publish(store, "thin/backups/", "thin", 2, "app");
    Report report = report(EVERYWHERE);
    assertThat(report.hosts())
        .extracting(HostStatus::host)
        .containsExactly(TestHost.NAME, "stale", "thin");
    assertThat(report.findings())
        .extracting(Finding::host, Finding::concern)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("stale", Concern.OBJECTIVE_MISSED),
            org.assertj.core.api.Assertions.tuple("thin", Concern.VANISHED));
    assertThat(report.hosts().get(1).nextBackup()).isEmpty();
    assertThat(report.hosts().get(1).targets().get(0).location())
        .isEqualTo("stale/backups in memory");
    assertThat(report.remarks()).isEmpty();
  }

  @Test
  void a_host_that_one_of_two_fleets_lacks_is_late_there() {
    InMemoryBlobStore other = new InMemoryBlobStore();
    host.storesOn("cloud", new InMemoryBlobStore()).storesOn("nas", new InMemoryBlobStore());
    host.fleets.put("cloud", new HostFolders(store, "", ""));
    host.fleets.put("nas", new HostFolders(other, "", ""));
    publish(store, TestHost.NAME + "/", TestHost.NAME, 1, "app");
    publish(other, TestHost.NAME + "/", TestHost.NAME, 1, "app");
    publish(store, "b/", "b", 1, "app");
    assertThat(report(EVERYWHERE).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.host()).isEqualTo("b");
              assertThat(finding.target()).contains("nas");
            });
  }

  @Test
  void a_target_without_a_place_for_hosts_shows_this_one_with_a_remark() {
    host.storesOn("local", store);
    publish(1, "app");
    Report report = report(EVERYWHERE);
    assertThat(only(report).findings()).isEmpty();
    assertThat(report.remarks()).singleElement().asString().contains("local").contains("{host}");
  }

  @Test
  void an_unknown_target_is_a_wrong_configuration() {
    host.storesOn("local", store);
    assertThatThrownBy(() -> report(new Request(Optional.of("nas"), false)))
        .isInstanceOf(ConfigurationFailure.class);
  }

  @Test
  void a_change_of_what_is_missed_is_told_once() {
    host.storesOn("local", store);
    ReportStatus status = status(Duration.ofHours(24));
    assertThat(status.tellChanges(HERE, status.report(HERE))).isEmpty();
    status.tellChanges(HERE, status.report(HERE));
    assertThat(heard)
        .containsExactly(
            List.of(
                "umig-dev: target local has no COMPLETE set that brings umig-dev back; the"
                    + " objective is 1 d"));
    publish(1, "app");
    status.tellChanges(HERE, status.report(HERE));
    status.tellChanges(HERE, status.report(HERE));
    assertThat(heard).hasSize(2).last().isEqualTo(List.of());
  }

  @Test
  void what_nobody_could_be_told_is_told_again() {
    host.storesOn("local", store);
    trouble = List.of("no mail");
    ReportStatus status = status(Duration.ofHours(24));
    assertThat(status.tellChanges(HERE, status.report(HERE))).containsExactly("no mail");
    trouble = List.of();
    assertThat(status.tellChanges(HERE, status.report(HERE))).isEmpty();
    assertThat(heard).hasSize(2);
  }

  @Test
  void an_objective_is_not_met_again_because_its_target_cannot_be_read() {
    host.storesOn("local", store);
    ReportStatus status = status(Duration.ofHours(24));
    status.tellChanges(HERE, status.report(HERE));
    host.targets.clear();
    host.storesOn("local", new Dead(store));
    ReportStatus later = status(Duration.ofHours(24));
    later.tellChanges(HERE, later.report(HERE));
    assertThat(heard).hasSize(1);
  }

  private static DrillRecord drill(
      SetId set, String target, int hoursAgo, long seconds, String... problems) {
    return new DrillRecord(
        set,
        target,
        TestHost.NAME,
        TestHost.NOW.minus(Duration.ofHours(hoursAgo)),
        Duration.ofSeconds(2 * seconds),
        Duration.ofSeconds(seconds),
        4,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(problems),
        rtoOf(15));
  }

  private static Optional<Duration> rtoOf(long minutes) {
    return Optional.of(Duration.ofMinutes(minutes));
  }

  @Test
  void an_objective_that_no_restore_was_held_against_is_a_remark_and_no_finding() {
    host.storesOn("local", store);
    rto = rtoOf(15);
    publish(1, "app");
    Report report = report(HERE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.remarks()).singleElement().asString().contains("`holdfast drill`");
    assertThat(report.objectives().rto()).isEqualTo(rto);
    rto = Optional.empty();
    assertThat(report(HERE).remarks()).isEmpty();
  }

  @Test
  void a_restore_that_took_too_long_misses_the_objective() {
    host.storesOn("local", store);
    rto = rtoOf(15);
    SetId set = publish(1, "app");
    ledger.add(drill(set, "local", 1, 901));
    assertThat(report(HERE).findings())
        .containsExactly(
            new Finding(
                Concern.RTO_MISSED,
                TestHost.NAME,
                Optional.empty(),
                "a restore of umig-dev takes too long: the last one took 15 min 1 s, the newest set"
                    + " would take 15 min 1 s; the objective is 15 min"));
  }

  @Test
  void a_failed_drill_stands_until_one_from_there_proves() {
    host.storesOn("local", store).storesOn("nas", new InMemoryBlobStore());
    SetId set = publish(1, "app");
    marks().record(drill(set, "local", 5, 60, "no room"));
    Request local = new Request(Optional.of("local"), false);
    assertThat(report(local).findings())
        .containsExactly(
            new Finding(
                Concern.UNPROVEN,
                TestHost.NAME,
                Optional.of("local"),
                "the drill of 20251006_010000 from target local on 2025-10-05T21:00:00Z failed and"
                    + " none since has proven a restore: no room"));
    rto = rtoOf(15);
    assertThat(concerns(report(local))).containsExactly(Concern.RTO_MISSED);
    ledger.add(drill(set, "nas", 1, 60));
    assertThat(concerns(report(local))).containsExactly(Concern.RTO_MISSED);
    ledger.add(drill(set, "local", 1, 60));
    Report report = report(local);
    assertThat(report.findings()).isEmpty();
    assertThat(only(report).drills().drills()).hasSize(2);
    assertThat(content(only(report), "local").drills().drills()).hasSize(1);
    assertThat(only(report).time().newestBytes()).isPresent();
  }

  @Test
  void a_restore_that_was_needed_is_a_measurement() {
    host.storesOn("local", store);
    SetId set = publish(1, "app");
    host.runs.remember(restored(set, RunOutcome.SUCCEEDED, 7));
    host.runs.remember(restored(set, RunOutcome.FAILED, 8));
    host.runs.remember(restored(new SetId(TestHost.NOW.minusSeconds(9)), RunOutcome.SUCCEEDED, 9));
    assertThat(only(report(HERE)).time().measurements())
        .singleElement()
        .satisfies(
            measured -> {
              assertThat(measured.source()).isEqualTo(Measurement.Source.RESTORE);
              assertThat(measured.took()).isEqualTo(Duration.ofSeconds(7));
              assertThat(measured.bytes()).isPositive();
            });
  }

  private static Run restored(SetId set, RunOutcome outcome, int number) {
    Instant started = TestHost.NOW.minusSeconds(600);
    RunFacts facts =
        new RunFacts(
            List.of(set),
            List.of(
                new RunFacts.ArtifactFact("database main/app", 0, 0, 0, Optional.empty()),
                new RunFacts.ArtifactFact("database main/other", 0, 0, 0, Optional.empty())),
            List.of(),
            List.of());
    return new Run(
            new RunId("20251006_015000-restore-" + number),
            RunKind.RESTORE,
            started,
            Optional.empty())
        .ended(new RunEnding(started.plusSeconds(number), outcome, 0, Optional.empty(), "", facts));
  }

  @Test
  void objectives_of_both_sorts_are_told_apart() {
    host.storesOn("local", store);
    rto = rtoOf(15);
    ledger.add(drill(new SetId(TestHost.NOW), "local", 1, 5000));
    ReportStatus status = status(Duration.ofHours(24));
    status.tellChanges(HERE, status.report(HERE));
    assertThat(remembered.get("this-host"))
        .containsExactlyInAnyOrder("umig-dev/local", "umig-dev/ rto");
    host.targets.clear();
    host.storesOn("local", new Dead(store));
    ReportStatus later = status(Duration.ofHours(24));
    later.tellChanges(HERE, later.report(HERE));
    assertThat(heard).hasSize(1);
  }

  private SetMarks marks() {
    Clock clock = Clock.fixed(TestHost.NOW, ZoneOffset.UTC);
    return new SetMarks(
        new Target("local", store),
        host.codec,
        new Presence(host.processes, LockTerms.DEFAULT, TestHost.NAME, clock));
  }

  private static Verdict verdict(boolean whole) {
    return new Verdict(
        TestHost.NOW, whole, false, true, 1, List.of(), whole ? List.of() : List.of("bad"));
  }

  private final class Listener implements RunObserver {
    @Override
    public List<String> started(Run run) {
      return List.of();
    }

    @Override
    public List<String> ended(Run run, Optional<Run> before) {
      return List.of();
    }

    @Override
    public List<String> objectives(List<String> missed) {
      heard.add(missed);
      return trouble;
    }
  }

  private final class Remembered implements ObjectivesMemory {
    @Override
    public Set<String> missed(String look) {
      return remembered.getOrDefault(look, Set.of());
    }

    @Override
    public void remember(String look, Set<String> missed) {
      remembered.put(look, missed);
    }
  }

  /** Fails the test that writes or deletes. */
  private static final class ReadOnly extends ForwardingBlobStore {
    private ReadOnly(BlobStore inner) {
      super(inner);
    }

    @Override
    public BlobWriter create(BlobKey key) {
      throw new AssertionError("writes " + key);
    }

    @Override
    public void delete(BlobKey key) {
      throw new AssertionError("deletes " + key);
    }
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
