package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.DrillBackup.Drilled;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillCommandTest {

  private static final Instant AT = Instant.parse("2025-10-06T02:00:00Z");
  private static final ArtifactProof EQUAL =
      new ArtifactProof("database main/shop", "12 tables", List.of());
  private static final ArtifactProof OTHERWISE =
      new ArtifactProof(
          "volume data",
          "3 files",
          List.of(new Difference("file ./a.txt", "had mode 640, has 644")));

  private final FakeSession session = new FakeSession();

  @Test
  void what_is_proven_is_said_in_the_last_line() {
    session.drilled = report(drilled(List.of(EQUAL), List.of(), Optional.empty(), "15m"));

    Run run = Run.of(session, "drill");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("EQUAL      database main/shop: 12 tables\n")
        .endsWith(
            "PROVEN: set 20251006_020000 from target nas restores;"
                + " 1 database, 0 volumes equal; 41.0 s (objective 15 min 0 s)\n");
    assertThat(session.supervised).containsExactly(RunKind.DRILL);
    assertThat(session.asked)
        .containsExactly(
            new DrillBackup.Request(
                new SetSelector.Latest(Optional.empty()), false, Optional.empty()));
  }

  @Test
  void options_are_passed_on() {
    Run.of(session, "drill", "20251006_020000", "--target", "nas", "--sample", "10%");
    Run.of(session, "drill", "--all-targets");

    assertThat(session.asked)
        .containsExactly(
            new DrillBackup.Request(
                new SetSelector.ById(new SetId(AT), Optional.of("nas")), false, Share.parse("10%")),
            new DrillBackup.Request(
                new SetSelector.Latest(Optional.empty()), true, Optional.empty()));
  }

  @Test
  void a_difference_is_named_and_graver_than_all_else() {
    session.drilled =
        report(
            drilled(List.of(EQUAL), List.of(), Optional.of(noRoom()), "15m"),
            drilled(List.of(EQUAL, OTHERWISE), List.of(), Optional.empty(), "1s"));

    Run run = Run.of(session, "drill");

    assertThat(run.exitCode()).isEqualTo(13);
    assertThat(run.out())
        .contains("DIFFERENT  volume data: 3 files\n  file ./a.txt had mode 640, has 644\n")
        .endsWith(
            "NOT PROVEN: set 20251006_020000 from target nas does not come back as it was;"
                + " 1 difference\n");
  }

  @Test
  void an_assertion_that_does_not_hold_is_named() {
    session.drilled =
        report(
            drilled(
                List.of(EQUAL),
                List.of(new Assertion("orders", false, "statement 1 returned 'f'")),
                Optional.empty(),
                "15m"));

    Run run = Run.of(session, "drill");

    assertThat(run.exitCode()).isEqualTo(13);
    assertThat(run.out()).contains("FAILED     assertion orders: statement 1 returned 'f'");
  }

  @Test
  void what_could_not_be_carried_through_has_its_failures_code() {
    session.drilled = report(drilled(List.of(), List.of(), Optional.of(noRoom()), "1s"));

    Run run = Run.of(session, "drill");

    assertThat(run.exitCode()).isEqualTo(11);
    assertThat(run.out())
        .contains("FAILED     There is no room.\n  hint: Make some.\n")
        .contains("could not be drilled to its end");
  }

  @Test
  void a_missed_objective_counts_where_all_is_proven() {
    session.drilled = report(drilled(List.of(EQUAL), List.of(), Optional.empty(), "30s"));

    Run run = Run.of(session, "drill");

    assertThat(run.exitCode()).isEqualTo(15);
    assertThat(run.out()).contains("TOO SLOW: ").contains("it took 41.0 s (objective 30.0 s)");
  }

  @Test
  void a_target_of_which_nothing_can_be_drilled_is_told() {
    StorageFailure away = new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "nas is away.", "");
    session.drilled =
        new DrillBackup.Report(
            List.of(drilled(List.of(EQUAL), List.of(), Optional.empty(), "15m")),
            List.of(new DrillBackup.Unread("nas", away)));

    Run run = Run.of(session, "drill", "--all-targets");

    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.err()).contains("nas is away.");
    assertThat(run.out()).contains("nothing could be drilled from target nas");
  }

  @Test
  void whoever_is_told_of_runs_reads_what_differs() {
    RunFacts facts =
        DrillFacts.of(
            report(
                drilled(
                    List.of(OTHERWISE),
                    List.of(new Assertion("orders", false, "no")),
                    Optional.of(noRoom()),
                    "1s")));

    assertThat(facts.failures())
        .containsExactly(
            "volume data: file ./a.txt had mode 640, has 644",
            "assertion orders: no",
            "drill: There is no room.",
            "objective: the restore took 41.0 s, and 1.0 s were promised");
  }

  @Test
  void json_tells_all_of_it() {
    session.drilled = report(drilled(List.of(OTHERWISE), List.of(), Optional.empty(), "15m"));

    assertThat(Run.of(session, "drill", "--json").out())
        .contains("\"proven\" : false")
        .contains("\"restoreSeconds\" : 41.0")
        .contains("\"rtoSeconds\" : 900.0")
        .contains("\"subject\" : \"file ./a.txt\"")
        .contains("\"exitCode\" : 13");
  }

  private static DrillBackup.Report report(Drilled... drilled) {
    return new DrillBackup.Report(List.of(drilled), List.of());
  }

  private static Drilled drilled(
      List<ArtifactProof> proofs,
      List<Assertion> assertions,
      Optional<Failure> failure,
      String rto) {
    return new Drilled(
        new DrillRecord(
            new SetId(AT),
            "nas",
            "umig",
            AT,
            Duration.ofSeconds(48),
            Duration.ofSeconds(41),
            1000,
            true,
            List.of(new Phase("verify", Duration.ofMillis(400))),
            proofs,
            assertions,
            failure.map(Failure::getMessage).stream().toList(),
            Optional.of(Duration.parse("PT" + rto))),
        "sftp://nas/20251006_020000",
        new DrillBackup.Restored(proofs.isEmpty() ? 0 : 1, 0),
        List.of(),
        failure);
  }

  private static Failure noRoom() {
    return new SourceFailure(FailureKind.SOURCE, "There is no room.", "Make some.");
  }
}
