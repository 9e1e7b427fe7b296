package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CheckHost.CheckedPart;
import io.holdfast.application.port.in.CheckHost.Part;
import io.holdfast.application.port.in.CopyBackup.Outcome;
import io.holdfast.application.port.in.CopyBackup.Repair;
import io.holdfast.application.port.in.CreateBackup.Result;
import io.holdfast.application.port.in.CreateBackup.TargetOutcome;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.domain.backup.ArtifactId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  private static final TargetOutcome STORED =
      new TargetOutcome("local", "/backups/set", true, Optional.empty(), "");
  private static final TargetOutcome REFUSED =
      new TargetOutcome("nas", "sftp://nas", true, Optional.of("no space"), "make some");

  private final FakeSession session = new FakeSession();

  @ParameterizedTest
  @CsvSource({
    "USAGE,2",
    "CONFIGURATION,10",
    "SOURCE,11",
    "SOURCE_UNREACHABLE,11",
    "STORAGE,12",
    "STORAGE_FULL,12",
    "STORAGE_UNREACHABLE,12",
    "NOT_FOUND,12",
    "ALREADY_EXISTS,12",
    "INTEGRITY,13",
    "BUSY,14",
    "INTERRUPTED,130"
  })
  void every_kind_of_failure_has_the_contracts_code(FailureKind kind, int code) {
    assertThat(ExitCode.of(kind)).isEqualTo(code);
  }

  @Test
  void a_backup_with_everything_everywhere_is_done() {
    session.backup = new Result(Samples.manifest(Samples.DATABASE), List.of(STORED), 1, List.of());
    assertThat(Run.of(session, "backup").exitCode()).isZero();
  }

  @Test
  void a_partial_backup_is_3() {
    session.backup =
        new Result(
            Samples.manifest(Samples.DATABASE, Samples.FAILED), List.of(STORED), 1, List.of());
    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(3);
  }

  @Test
  void a_backup_that_one_target_refused_is_12_even_when_partial() {
    session.backup =
        new Result(
            Samples.manifest(Samples.DATABASE, Samples.FAILED),
            List.of(STORED, REFUSED),
            1,
            List.of());
    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(12);
  }

  @Test
  void a_backup_that_only_an_optional_target_refused_is_3_unless_the_quorum_is_missed() {
    TargetOutcome optional =
        new TargetOutcome("usb", "/usb", false, Optional.of("unplugged"), "plug it in");
    session.backup =
        new Result(Samples.manifest(Samples.DATABASE), List.of(STORED, optional), 1, List.of());
    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(3);
    session.backup =
        new Result(Samples.manifest(Samples.DATABASE), List.of(STORED, optional), 2, List.of());
    assertThat(Run.of(session, "backup").exitCode()).isEqualTo(12);
  }

  @Test
  void one_damaged_set_among_whole_ones_is_13() {
    session.verified =
        List.of(
            new VerifiedSet("a", "here", 1, 1, List.of()),
            new VerifiedSet("b", "here", 1, 1, List.of(new FileProblem("x", "missing"))));
    assertThat(Run.of(session, "verify", "all").exitCode()).isEqualTo(13);
  }

  @Test
  void a_target_that_could_not_be_verified_is_12_and_damage_elsewhere_13() {
    session.unread =
        List.of(new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "nas is gone", "look"));
    session.verified = List.of(new VerifiedSet("a", "here", 1, 1, List.of()));
    Run run = Run.of(session, "verify", "all");
    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.out()).contains("WHOLE");
    assertThat(run.err()).contains("nas is gone");
    session.verified =
        List.of(new VerifiedSet("b", "here", 1, 1, List.of(new FileProblem("x", "missing"))));
    assertThat(Run.of(session, "verify", "all").exitCode()).isEqualTo(13);
  }

  @Test
  void verifying_all_of_nothing_is_no_success() {
    assertThat(Run.of(session, "verify", "all").exitCode()).isEqualTo(13);
  }

  @Test
  void a_restore_tells_done_from_part_and_none() {
    session.restored = restored(true, item(""), item(""));
    assertThat(Run.of(session, "restore", "all", "latest").exitCode()).isZero();
    session.restored = restored(true, item(""), item("disk full"));
    assertThat(Run.of(session, "restore", "all", "latest").exitCode()).isEqualTo(3);
    session.restored = restored(true, item("disk full"));
    assertThat(Run.of(session, "restore", "all", "latest").exitCode()).isEqualTo(11);
  }

  @Test
  void a_dry_run_is_done_once_it_has_planned() {
    session.restored = restored(false, item(""));
    assertThat(Run.of(session, "restore", "all", "latest", "--dry-run").exitCode()).isZero();
    RestoredItem blocked =
        new RestoredItem(
            ArtifactId.volume("v"),
            "v",
            List.of(),
            List.of(new Obstacle("it exists", "--force replaces it")),
            List.of(),
            Optional.empty());
    session.restored = restored(false, item(""), blocked);
    assertThat(Run.of(session, "restore", "all", "latest", "--dry-run").exitCode()).isZero();
  }

  @Test
  void a_repair_ends_by_the_worst_that_happened() {
    StorageFailure gone = new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "gone", "");
    assertThat(Run.of(session, "copy", "--missing").exitCode()).isZero();
    session.repair = new Repair(List.of(Samples.copied(Outcome.COPIED)), List.of(gone));
    assertThat(Run.of(session, "copy", "--missing").exitCode()).isEqualTo(12);
    session.repair = new Repair(List.of(Samples.copied(Outcome.FAILED)), List.of(gone));
    assertThat(Run.of(session, "copy", "--missing").exitCode()).isEqualTo(13);
    session.repair = new Repair(List.of(), List.of(new BusyFailure("busy", "")));
    assertThat(Run.of(session, "copy", "--missing").exitCode()).isEqualTo(14);
  }

  @Test
  void check_tells_sources_from_storage() {
    assertThat(check(Level.OK, Level.WARNING)).isZero();
    assertThat(check(Level.FAILED, Level.OK)).isEqualTo(11);
    assertThat(check(Level.OK, Level.FAILED)).isEqualTo(12);
    assertThat(check(Level.FAILED, Level.FAILED)).isEqualTo(11);
  }

  @Test
  void check_tells_targets_that_a_backup_can_do_without_from_the_others() {
    Finding failed = new Finding("target usb", Level.FAILED, "unplugged", "");
    session.checked = List.of(new CheckedPart(Part.OPTIONAL_STORAGE, List.of(failed)));
    assertThat(Run.of(session, "check").exitCode()).isEqualTo(3);
    session.checked =
        List.of(
            new CheckedPart(Part.STORAGE, List.of(failed)),
            new CheckedPart(Part.OPTIONAL_STORAGE, List.of(failed)));
    assertThat(Run.of(session, "check").exitCode()).isEqualTo(12);
  }

  @Test
  void a_failure_is_told_with_why_and_hint() {
    session.failWith(
        new BusyFailure("another run is at work\nits pid is 7", "wait with --wait 15m"));
    Run run = Run.of(session, "backup");
    assertThat(run.exitCode()).isEqualTo(14);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            holdfast: error: another run is at work
              its pid is 7
              hint: wait with --wait 15m
            """);
  }

  @Test
  void a_failure_in_json_is_one_document_on_stdout() {
    session.failWith(new BusyFailure("another run is at work\nits pid is 7", "wait"));
    Run run = Run.of(session, "backup", "--json");
    assertThat(run.exitCode()).isEqualTo(14);
    assertThat(run.out())
        .isEqualTo(
            """
            {
              "error" : {
                "kind" : "BUSY",
                "message" : "another run is at work",
                "details" : [
                  "its pid is 7"
                ],
                "hint" : "wait",
                "exitCode" : 14
              }
            }
            """);
  }

  @Test
  void wrong_usage_in_json_is_a_document_too() {
    Run run = Run.of(session, "restore", "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("\"kind\" : \"USAGE\"", "\"exitCode\" : 2");
  }

  @Test
  void an_interrupted_backup_says_that_nothing_was_published() {
    session.failWith(new InterruptedFailure("The run was interrupted.", ""));
    Run run = Run.of(session, "backup");
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err()).isEqualTo("holdfast: error: interrupted; nothing was published\n");
  }

  @Test
  void a_bug_is_1_and_shows_its_trace_only_with_debug() {
    session.failure = new IllegalStateException("oops");
    Run run = Run.of(session, "list");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            holdfast: error: a bug in holdfast
              java.lang.IllegalStateException: oops
              hint: run it again with --debug and report what it says
            """);
    assertThat(Run.of(session, "list", "--debug").err()).contains("\tat io.holdfast.launcher.cli.");
  }

  private int check(Level sources, Level storage) {
    session.checked =
        List.of(
            new CheckedPart(Part.RECOVERY, List.of()),
            new CheckedPart(Part.SOURCES, List.of(new Finding("cluster main", sources, "", ""))),
            new CheckedPart(Part.STORAGE, List.of(new Finding("target nas", storage, "", ""))));
    return Run.of(session, "check").exitCode();
  }

  private static RestoreBackup.Result restored(boolean executed, RestoredItem... items) {
    return new RestoreBackup.Result("20251006_020000", "here", List.of(items), executed);
  }

  private static RestoredItem item(String failure) {
    Optional<String> reason = Optional.of(failure).filter(text -> !text.isEmpty());
    return new RestoredItem(
        ArtifactId.volume("v"), "v", List.of("make it"), List.of(), List.of(), reason);
  }
}
