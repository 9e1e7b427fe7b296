package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.CreateBackup.TargetOutcome;
import io.holdfast.application.port.in.PruneBackups.Outcome;
import io.holdfast.application.port.in.PruneBackups.PrunedSet;
import io.holdfast.application.port.in.PruneBackups.PrunedTarget;
import io.holdfast.application.port.in.PruneBackups.Report;
import io.holdfast.application.port.in.PruneBackups.Request;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.retention.Decision;
import io.holdfast.domain.retention.KeptSet;
import io.holdfast.domain.retention.Period;
import io.holdfast.domain.retention.Reason;
import io.holdfast.domain.retention.RetentionPlan;
import io.holdfast.domain.retention.RetentionPolicy;
import io.holdfast.domain.retention.Standing;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Lifecycle;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PruneCommandTest {

  private static final PrunedSet KEPT =
      set(
          "20251006_020000",
          Outcome.KEPT,
          Reason.Plain.NEWEST_COMPLETE,
          new Reason.Rule(Period.DAILY, 1, 7));
  private static final TargetOutcome STORED =
      new TargetOutcome("nas", "sftp://nas/b", true, Optional.empty(), "");
  private static final TargetOutcome MISSED =
      new TargetOutcome("usb", "/usb", false, Optional.of("unplugged"), "");

  private final FakeSession session = new FakeSession();

  @Test
  void prune_is_of_all_targets_or_of_one() {
    assertThat(Run.of(session, "prune").exitCode()).isZero();
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.empty()));
    Run.of(session, "prune", "--dry-run", "--target", "nas", "--wait", "15m");
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.of("nas")));
    assertThat(session.asked)
        .containsExactly(
            new Request(Set.of(), false, Duration.ZERO),
            new Request(Set.of("nas"), true, Duration.ofMinutes(15)));
    assertThat(session.open).isZero();
  }

  @Test
  void a_dry_run_is_a_table_with_the_reasons_of_each_set() {
    session.pruned =
        report(
            Optional.empty(),
            KEPT,
            set("20251005_020000", Outcome.TO_DELETE, Reason.Plain.NO_RULE));

    Run run = Run.of(session, "prune", "--dry-run", "--quiet");

    assertThat(run.out())
        .isEqualTo(
            """
            target nas (sftp://nas/b)
            SET              WHAT      FREES  WHY
            20251006_020000  keep          -  newest complete set, daily 1 of 7
            20251005_020000  delete  1.5 KiB  no rule keeps it
            nas: 1 set to delete, 1.5 KiB; 1 kept
            nothing was deleted: a dry run
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_prune_tells_what_is_gone_what_was_spared_and_what_is_left_to_do() {
    session.pruned =
        report(
            Optional.of(new StorageFailure(FailureKind.STORAGE, "it is gone", "look at it")),
            KEPT,
            set("20251005_020000", Outcome.TO_DELETE, Reason.Plain.NO_RULE),
            set("20251004_020000", Outcome.SPARED, Reason.Plain.NO_RULE),
            set("20251003_020000", Outcome.DELETED, Reason.Plain.NO_RULE));

    Run run = Run.of(session, "prune");

    assertThat(run.out())
        .isEqualTo(
            """
            target nas (sftp://nas/b)
            SET              WHAT       FREES  WHY
            20251006_020000  keep           -  newest complete set, daily 1 of 7
            20251005_020000  delete   1.5 KiB  no rule keeps it
            20251004_020000  spared         -  pinned, read or published since it was decided
            20251003_020000  deleted  1.5 KiB  no rule keeps it
            STOPPED on nas: it is gone
              hint: look at it
            nas: 1 set deleted, 1.5 KiB freed; 1 set to delete, 1.5 KiB; 2 kept
            """);
    assertThat(run.exitCode()).isEqualTo(12);
  }

  @Test
  void a_refusal_explains_itself_and_is_3() {
    session.pruned = refusal();

    Run run = Run.of(session, "prune");

    assertThat(run.out()).contains("NOT PRUNED on nas: Set 20251007_020000 is dated after");
    assertThat(run.out()).contains("  hint: Set the clock right");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void busy_is_14_and_a_target_that_fails_is_worse() {
    PrunedTarget busy = failed("nas", new BusyFailure("held", "wait"));
    PrunedTarget failed = failed("usb", new StorageFailure(FailureKind.STORAGE, "gone", ""));
    session.pruned = new Report(List.of(busy, refusal().targets().get(0)));
    assertThat(Run.of(session, "prune").exitCode()).isEqualTo(14);
    session.pruned = new Report(List.of(busy, failed));
    assertThat(Run.of(session, "prune").exitCode()).isEqualTo(12);
  }

  @Test
  void a_prune_in_json_keeps_its_shape() {
    session.pruned = report(Optional.empty(), KEPT);

    assertThat(Run.of(session, "prune", "--json").out())
        .isEqualTo(
            """
            {
              "command" : "prune",
              "executed" : true,
              "targets" : [
                {
                  "target" : "nas",
                  "location" : "sftp://nas/b",
                  "sets" : [
                    {
                      "id" : "20251006_020000",
                      "standing" : "COMPLETE",
                      "pinned" : false,
                      "inUse" : false,
                      "damaged" : false,
                      "bytes" : 1536,
                      "outcome" : "KEPT",
                      "reasons" : [
                        {
                          "code" : "NEWEST_COMPLETE",
                          "text" : "newest complete set"
                        },
                        {
                          "code" : "DAILY",
                          "text" : "daily 1 of 7"
                        }
                      ]
                    }
                  ],
                  "deletedSets" : 0,
                  "deletedBytes" : 0,
                  "toDeleteSets" : 0,
                  "toDeleteBytes" : 0,
                  "refusal" : null,
                  "failure" : null
                }
              ],
              "run" : "20251006_020000-prune-4711",
              "warnings" : [ ],
              "exitCode" : 0
            }
            """);
    session.pruned = refusal();
    assertThat(Run.of(session, "prune", "--json").out())
        .contains("\"refusal\" : {", "\"future\" : [", "\"20251007_020000\"");
  }

  @Test
  void a_complete_backup_is_followed_by_a_prune_of_the_targets_that_took_it() {
    session.backup = backup(List.of(STORED, MISSED), Samples.DATABASE);
    session.pruned =
        report(
            Optional.empty(), KEPT, set("20251005_020000", Outcome.DELETED, Reason.Plain.NO_RULE));

    Run run = Run.of(session, "backup");

    assertThat(session.asked).contains(new Request(Set.of("nas"), false, Duration.ZERO));
    assertThat(run.out()).endsWith("nas: 1 set deleted, 1.5 KiB freed; 1 kept\n");
    assertThat(run.exitCode()).as("of the target that is not required").isEqualTo(3);
    assertThat(Run.of(session, "backup", "--json").out())
        .contains("\"prune\" : {\n    \"skipped\" : null,\n    \"targets\" : [\n      {");
  }

  @Test
  void trouble_of_the_prune_makes_a_backup_3_and_a_busy_target_does_not() {
    session.backup = backup(List.of(STORED), Samples.DATABASE);
    session.pruned = refusal();
    Run refused = Run.of(session, "backup");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.out()).contains("stored on nas").contains("NOT PRUNED on nas: Set ");

    session.pruned =
        new Report(List.of(failed("nas", new StorageFailure(FailureKind.STORAGE, "gone", ""))));
    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(3);

    session.pruned = new Report(List.of(failed("nas", new BusyFailure("held by another", ""))));
    Run busy = Run.of(session, "backup");
    assertThat(busy.exitCode()).isZero();
    assertThat(busy.out()).contains("held by another");
  }

  @Test
  void no_prune_follows_a_partial_backup_one_that_too_few_hold_or_where_it_is_manual() {
    session.backup = backup(List.of(STORED), Samples.DATABASE, Samples.FAILED);
    assertThat(Run.of(session, "backup").out()).contains("no set was pruned: the set is PARTIAL");

    session.backup = backup(List.of(MISSED), Samples.DATABASE);
    assertThat(Run.of(session, "backup").out()).contains("no set was pruned: too few targets");

    session.backup = backup(List.of(STORED), Samples.DATABASE);
    HoldfastConfig before = session.config;
    Lifecycle usual = before.lifecycle();
    session.config =
        new HoldfastConfig(
            before.file(),
            before.host(),
            List.of(),
            Optional.empty(),
            List.of(),
            1,
            2,
            new Lifecycle(
                RetentionPolicy.usual(ZoneOffset.UTC),
                false,
                usual.schedule(),
                usual.objectives(),
                List.of(),
                Optional.empty(),
                Map.of()),
            List.of());
    Run manual = Run.of(session, "backup");
    assertThat(manual.exitCode()).isZero();
    assertThat(manual.out()).doesNotContain("prune");
    assertThat(session.asked).noneMatch(Request.class::isInstance);
  }

  private static CreateBackup.Result backup(List<TargetOutcome> targets, Artifact... artifacts) {
    return new CreateBackup.Result(Samples.manifest(artifacts), targets, 1, List.of());
  }

  private static Report report(Optional<Failure> failure, PrunedSet... sets) {
    return new Report(
        List.of(new PrunedTarget("nas", "sftp://nas/b", List.of(sets), Optional.empty(), failure)));
  }

  private static Report refusal() {
    RetentionPlan.Refused refused =
        new RetentionPlan.Refused(
            List.of(Samples.id("20251007_020000")), Instant.parse("2025-10-06T02:00:00Z"));
    return new Report(
        List.of(
            new PrunedTarget(
                "nas", "sftp://nas/b", List.of(), Optional.of(refused), Optional.empty())));
  }

  private static PrunedTarget failed(String name, Failure why) {
    return new PrunedTarget(name, "/" + name, List.of(), Optional.empty(), Optional.of(why));
  }

  private static PrunedSet set(String id, Outcome outcome, Reason... reasons) {
    return new PrunedSet(
        new Decision(
            new KeptSet(
                Samples.id(id), Standing.COMPLETE, false, false, false, 1536, SetScope.WHOLE),
            outcome == Outcome.KEPT,
            List.of(reasons)),
        outcome);
  }
}
