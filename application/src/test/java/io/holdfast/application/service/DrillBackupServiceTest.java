package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.DrillBackup.Drilled;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.drill.DrillAssertion;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeGround;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillBackupServiceTest {

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final InMemoryBlobStore other = new InMemoryBlobStore();
  private final TestHost host = new TestHost().storesOn("local", store).storesOn("nas", other);
  private final FakeGround ground = new FakeGround(host.programs);

  @Test
  void all_of_it_is_restored_compared_and_taken_away_in_this_order() {
    backUp();

    Drilled drilled = drill();

    assertThat(drilled.record().isProven()).isTrue();
    assertThat(drilled.isRefuted()).isFalse();
    assertThat(drilled.restored()).isEqualTo(new DrillBackup.Restored(2, 1));
    assertThat(ground.log)
        .containsExactly(
            "start main as postgres",
            "reserve 1",
            "roles",
            "compare globals",
            "compare app",
            "compare data",
            "remove 1",
            "close main");
    assertThat(ground.databases.present()).containsEntry("app", "PGDMP app").hasSize(2);
    assertThat(ground.volumes.present().keySet())
        .singleElement()
        .asString()
        .matches("holdfast-drill-[0-9a-f]{8}-1-data");
    assertThat(drilled.record().phases())
        .extracting(Phase::name)
        .containsExactly(
            "verify",
            "look",
            "start servers",
            "restore globals of cluster main",
            "restore database main/app",
            "restore database main/crm",
            "restore volume data",
            "compare globals of cluster main",
            "compare database main/app",
            "compare database main/crm",
            "compare volume data",
            "assertions",
            "clean up");
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void what_has_no_fingerprint_is_told_and_is_no_failure() {
    backUp();

    assertThat(drill().record().proofs())
        .contains(
            new ArtifactProof(
                "database main/crm", "nothing: the set has no fingerprint of it", List.of()))
        .contains(new ArtifactProof("database main/app", "all of it", List.of()));
  }

  @Test
  void the_result_is_in_the_ledger_and_beside_the_set_on_each_target_and_goes_with_it() {
    backUp();
    DrillRecord record = drill().record();

    assertThat(ground.ledger).containsExactly(record);
    for (InMemoryBlobStore each : List.of(store, other)) {
      assertThat(TestHost.keys(each))
          .contains(".holdfast/drills/" + TestHost.ID + "/20251006_020000-000000000.json");
    }
  }

  @Test
  void a_difference_refutes_and_the_rest_is_looked_at_all_the_same() {
    backUp();
    Difference difference = new Difference("table public.orders", "had 7 rows, has 6");
    ground.differences.put("database main/app", List.of(difference));

    Drilled drilled = drill();

    assertThat(drilled.isRefuted()).isTrue();
    assertThat(drilled.failure()).isEmpty();
    assertThat(ground.log).contains("compare data", "close main");
    assertThat(host.events.problems())
        .contains("database main/app: table public.orders had 7 rows, has 6");
  }

  @Test
  void too_little_room_is_seen_before_anything_is_made() {
    backUp();
    ground.available = 1 << 20;

    Drilled drilled = drill();

    assertThat(drilled.failure().orElseThrow().kind()).isEqualTo(FailureKind.SOURCE);
    assertThat(drilled.record().problems())
        .singleElement()
        .asString()
        .contains("and there are 1 MiB free. Nothing was restored.");
    assertThat(ground.log).isEmpty();
    assertThat(ground.ledger).hasSize(1);
  }

  @Test
  void without_any_server_nothing_is_made() {
    backUp();
    ground.offers = false;

    assertThat(drill().record().problems())
        .singleElement()
        .asString()
        .contains("There is no server to restore cluster main to");
    assertThat(ground.log).isEmpty();
  }

  @Test
  void a_damaged_set_is_told_and_nothing_is_made() {
    backUp();
    store.overwrite(new BlobKey(TestHost.ID + "/databases/app.dump"), TestHost.bytes("PGDMP ape"));

    Drilled drilled = drill();

    assertThat(drilled.failure()).get().isInstanceOf(IntegrityFailure.class);
    assertThat(drilled.record().problems())
        .singleElement()
        .asString()
        .contains("is damaged")
        .contains("databases/app.dump");
    assertThat(ground.log).isEmpty();
  }

  @Test
  void one_that_does_not_come_back_is_a_problem_and_the_others_come_back() {
    backUp();
    ground.databases.failAt("app", FakeSource.failure("pg_restore failed"));

    Drilled drilled = drill();

    assertThat(drilled.record().problems()).containsExactly("database main/app: pg_restore failed");
    assertThat(drilled.restored()).isEqualTo(new DrillBackup.Restored(1, 1));
    assertThat(drilled.record().proofs())
        .contains(
            new ArtifactProof("database main/app", "nothing: it did not come back", List.of()));
    assertThat(ground.log).contains("remove 1", "close main");
  }

  @Test
  void a_server_that_does_not_start_ends_the_drill() {
    backUp();
    ground.startFailure = Optional.of(FakeSource.failure("initdb failed"));

    assertThat(drill().record().problems()).containsExactly("initdb failed");
    assertThat(ground.databases.log()).isEmpty();
  }

  @Test
  void an_interrupted_drill_takes_everything_away_and_writes_nothing_down() {
    backUp();
    ground.databases.meanwhile(host.cancellation::cancel);

    assertThatThrownBy(this::drill).isInstanceOf(InterruptedFailure.class);
    assertThat(ground.log).endsWith("remove 1", "close main");
    assertThat(ground.ledger).isEmpty();
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void assertions_hold_or_say_why_not(@TempDir Path folder) throws IOException {
    backUp();
    Path sql = Files.writeString(folder.resolve("orders.sql"), "SELECT true;");
    Optional<String> main = Optional.of("main");
    Duration minute = Duration.ofMinutes(1);
    ground.refutations.put("crm", "statement 1 returned 'f' in row 1, not true");
    ground.assertions.add(new DrillAssertion.Sql("app", sql, main, "app"));
    ground.assertions.add(new DrillAssertion.Sql("crm", sql, Optional.empty(), "crm"));
    ground.assertions.add(new DrillAssertion.Sql("gone", sql, main, "gone"));
    ground.assertions.add(new DrillAssertion.Program("fine", List.of("true"), main, minute));
    ground.assertions.add(
        new DrillAssertion.Program("bad", List.of("false"), Optional.empty(), minute));
    host.programs.exitCodes.put("false", 1);

    Drilled drilled = drill();

    assertThat(drilled.record().assertions())
        .containsExactly(
            new Assertion("app", true, ""),
            new Assertion("crm", false, "statement 1 returned 'f' in row 1, not true"),
            new Assertion("gone", false, "there is no database main/gone among what was restored"),
            new Assertion("fine", true, ""),
            new Assertion("bad", false, "it failed with exit code 1: it will not"));
    assertThat(drilled.isRefuted()).isTrue();
    assertThat(host.programs.ran.get(1).environment())
        .containsEntry("HOLDFAST_DRILL_SET", TestHost.ID.toString())
        .containsEntry("HOLDFAST_DRILL_SOCKET_MAIN", "/sockets/main")
        .containsEntry("PGHOST", "/sockets/main")
        .containsEntry("PGUSER", "postgres")
        .containsKey("HOLDFAST_DRILL_VOLUME_DATA");
  }

  @Test
  void samples_take_turns() {
    backUp();
    Optional<Share> share = Share.parse("1%");

    List<List<String>> restored =
        List.of(1, 2, 3, 4).stream()
            .map(round -> drill(new DrillBackup.Request(latest(), false, share)))
            .map(
                report ->
                    report.drills().get(0).record().proofs().stream()
                        .map(ArtifactProof::artifact)
                        .filter(name -> !name.startsWith("globals"))
                        .toList())
            .toList();

    assertThat(restored.subList(0, 3)).allMatch(names -> names.size() == 1).doesNotHaveDuplicates();
    assertThat(ground.ledger).allMatch(record -> !record.whole());
  }

  @Test
  void each_target_is_drilled_by_itself() {
    backUp();
    other.overwrite(new BlobKey(TestHost.ID + "/volumes/data.tar"), TestHost.bytes("tar dada"));

    DrillBackup.Report report = drill(new DrillBackup.Request(latest(), true, Optional.empty()));

    assertThat(report.drills())
        .extracting(drilled -> drilled.record().target())
        .containsExactly("local", "nas");
    assertThat(report.drills().get(0).record().isProven()).isTrue();
    assertThat(report.drills().get(1).failure()).get().isInstanceOf(IntegrityFailure.class);
  }

  @Test
  void two_drills_at_once_are_one_too_many() {
    backUp();
    host.hostLock.acquire("drill");

    assertThatThrownBy(this::drill).isInstanceOf(BusyFailure.class);
    assertThat(ground.log).isEmpty();
  }

  @Test
  void a_program_that_is_named_and_not_there_is_an_assertion_that_fails() {
    backUp();
    ground.assertions.add(
        new DrillAssertion.Program(
            "gone", List.of("gone"), Optional.empty(), Duration.ofMinutes(1)));
    host.programs.meanwhile =
        cancellation -> {
          throw new SourceFailure(FailureKind.SOURCE, "There is no program gone.", "");
        };

    assertThat(drill().record().assertions())
        .containsExactly(new Assertion("gone", false, "There is no program gone."));
  }

  private void backUp() {
    host.with(
            FakeSource.cluster("main")
                .has(
                    FakeSource.spec(ArtifactId.globals("main")),
                    (sink, cancellation) -> {
                      sink.write(TestHost.bytes("CREATE ROLE app;"));
                      return withFingerprint();
                    })
                .has(
                    FakeSource.spec(ArtifactId.database("main", "app")),
                    (sink, cancellation) -> {
                      sink.write(TestHost.bytes("PGDMP app"));
                      return withFingerprint();
                    })
                .has(ArtifactId.database("main", "crm"), TestHost.bytes("PGDMP crm")))
        .with(
            FakeSource.volumes()
                .has(
                    FakeSource.spec(ArtifactId.volume("data")),
                    (sink, cancellation) -> {
                      sink.write(TestHost.bytes("tar data"));
                      return withFingerprint();
                    }))
        .backup();
  }

  /** Which one does not matter here: nobody looks into it. */
  private static ExportReport withFingerprint() {
    return new ExportReport(
        100,
        1,
        new ArtifactOrigin.Unknown(),
        List.of(),
        Optional.of(new GlobalsFingerprint(new TreeMap<>(), new TreeMap<>())));
  }

  private static SetSelector latest() {
    return new SetSelector.Latest(Optional.empty());
  }

  private Drilled drill() {
    return drill(new DrillBackup.Request(latest(), false, Optional.empty())).drills().get(0);
  }

  private DrillBackup.Report drill(DrillBackup.Request request) {
    return host.useCases()
        .restores()
        .drillBackup(ground.ground())
        .drill(request, host.cancellation);
  }
}
