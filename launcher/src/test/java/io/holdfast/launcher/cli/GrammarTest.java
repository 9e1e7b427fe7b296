package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CopyBackup.Outcome;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {

  private static final Set<ArtifactKind> DATABASES = Set.of(ArtifactKind.DATABASE);
  private static final Set<ArtifactKind> VOLUMES = Set.of(ArtifactKind.VOLUME);

  @TempDir private Path folder;

  private final FakeSession session = new FakeSession();

  @BeforeEach
  void giveAnswers() {
    session.backup =
        new CreateBackup.Result(Samples.manifest(Samples.DATABASE), List.of(), 1, List.of());
    session.verified = List.of(new VerifiedSet("set", "here", 1, 1, List.of()));
  }

  @Test
  void backup_means_all_unless_it_is_said_otherwise() {
    assertThat(Run.of(session, "backup").exitCode()).isZero();
    assertThat(Run.of(session, "backup", "all").exitCode()).isZero();
    assertThat(session.asked)
        .containsOnly(
            new CreateBackup.Request(
                Selection.all(), Optional.empty(), Optional.empty(), Duration.ZERO));
    assertThat(session.needs).isEqualTo(Needs.everything());
    assertThat(session.open).isZero();
  }

  @Test
  void backup_takes_names_tag_note_and_wait() {
    assertThat(
            Run.of(
                    session,
                    "backup",
                    "databases",
                    "--only",
                    "a",
                    "--only=main/b",
                    "--tag",
                    "before-upgrade",
                    "--note",
                    "two words",
                    "--wait",
                    "15m")
                .exitCode())
        .isZero();
    assertThat(session.asked)
        .containsExactly(
            new CreateBackup.Request(
                new Selection(DATABASES, List.of("a", "main/b")),
                Optional.of("before-upgrade"),
                Optional.of("two words"),
                Duration.ofMinutes(15)));
  }

  @Test
  void verify_means_the_latest_unless_it_is_said_otherwise() {
    Run.of(session, "verify");
    Run.of(session, "verify", "--deep", "latest", "--target", "nas");
    Run.of(session, "verify", "20251006_020000");
    Run.of(session, "verify", "all", "--target=nas");
    Run.in(folder, session, Console.Terminal.NONE, "verify", ".");
    assertThat(session.asked)
        .containsExactly(
            new SetSelector.Latest(Optional.empty()),
            false,
            new SetSelector.Latest(Optional.of("nas")),
            true,
            new SetSelector.ById(Samples.id("20251006_020000"), Optional.empty()),
            false,
            Optional.of("nas"),
            false,
            new SetSelector.AtPath(folder),
            false);
  }

  @Test
  void a_set_in_a_folder_needs_no_configuration() {
    Run.in(folder, session, Console.Terminal.NONE, "verify", ".");
    assertThat(session.needs).isEqualTo(Needs.nothing());
    Run.in(folder, session, Console.Terminal.NONE, "restore", "volumes", ".");
    assertThat(session.needs).isEqualTo(Needs.nothing().withSources(false, true));
  }

  @Test
  void restore_takes_what_and_from_where() {
    Run.of(session, "restore", "databases", "latest", "--only", "a", "--as", "b", "--dry-run");
    Run.of(session, "restore", "volumes", "20251006_020000", "--force", "--target", "nas");
    assertThat(session.asked)
        .containsExactly(
            new RestoreBackup.Request(
                new SetSelector.Latest(Optional.empty()),
                new Selection(DATABASES, List.of("a")),
                Optional.of("b"),
                false,
                true),
            new RestoreBackup.Request(
                new SetSelector.ById(Samples.id("20251006_020000"), Optional.of("nas")),
                new Selection(VOLUMES, List.of()),
                Optional.empty(),
                true,
                false));
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.of("nas")).withSources(false, true));
  }

  @Test
  void copy_opens_two_targets_alone_where_both_are_named() {
    session.repair = new CopyBackup.Repair(List.of(Samples.copied(Outcome.COPIED)), List.of());
    Run.of(session, "copy", "latest", "--from", "a", "--to", "b");
    assertThat(session.needs).isEqualTo(Needs.storage(Set.of("a", "b")));
    Run.of(session, "copy", "--missing", "--from", "a", "--to", "b");
    assertThat(session.needs).isEqualTo(Needs.storage(Set.of("a", "b")));
    Run.of(session, "copy", "latest", "--to", "b");
    assertThat(session.needs).as("any of them may have it").isEqualTo(Needs.storage(Set.of()));
  }

  @Test
  void copy_takes_a_set_and_two_targets_or_all_that_is_missing() {
    session.repair = new CopyBackup.Repair(List.of(Samples.copied(Outcome.COPIED)), List.of());
    Run.of(session, "copy", "latest", "--from", "a", "--to", "b", "--wait", "15m");
    Run.of(session, "copy", "20251006_020000", "--to", "b", "--dry-run");
    Run.of(session, "copy", "--missing");
    Run.of(session, "copy", "--missing", "--from", "a", "--to", "b");
    CopyBackup.Mode now = new CopyBackup.Mode(false, Duration.ZERO);
    assertThat(session.asked)
        .containsExactly(
            new SetSelector.Latest(Optional.of("a")),
            "b",
            new CopyBackup.Mode(false, Duration.ofMinutes(15)),
            new SetSelector.ById(Samples.id("20251006_020000"), Optional.empty()),
            "b",
            new CopyBackup.Mode(true, Duration.ZERO),
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.of("a"),
            Optional.of("b"),
            now);
    assertThat(session.open).isZero();
  }

  @Test
  void global_options_work_before_and_after_the_command() {
    assertThat(Run.of(session, "--json", "--config", "a.yaml", "list").out()).startsWith("{");
    assertThat(session.configOption).contains(Path.of("a.yaml"));
    assertThat(Run.of(session, "list", "--json", "--config", "b.yaml").out()).startsWith("{");
    assertThat(session.configOption).contains(Path.of("b.yaml"));
    assertThat(Run.of(session, "list", "--version").out()).startsWith("holdfast ");
    assertThat(Run.of(session, "--help", "backup").out()).contains("Usage: holdfast backup");
    assertThat(Run.of(session, "--config", "list", "backup").exitCode()).isZero();
    assertThat(Run.of(session, "backup", "--help").out()).contains("Usage: holdfast backup");
  }

  @Test
  void locks_shows_or_clears_those_of_all_targets_or_of_one() {
    Run.of(session, "locks");
    Run.of(session, "locks", "--target", "nas");
    Run.of(session, "locks", "--clear");
    Run.of(session, "locks", "--force", "--target=nas", "--clear");
    assertThat(session.asked)
        .containsExactly(
            Optional.empty(),
            Optional.of("nas"),
            Optional.empty(),
            false,
            Optional.of("nas"),
            true);
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.of("nas")));
    assertThat(session.open).isZero();
  }

  @Test
  void pin_and_unpin_take_a_set_a_reason_and_a_target() {
    session.pins = new PinBackup.Result(new SetId(Instant.EPOCH), List.of(), List.of());

    Run.of(session, "pin", "20251006_020000", "--reason", "before 9.2");
    Run.of(session, "pin", "latest", "--target", "nas");
    Run.of(session, "unpin", "20251006_020000", "--target=nas");
    Run.of(session, "unpin", "latest");

    SetId id = SetId.parse("20251006_020000").orElseThrow();
    assertThat(session.asked)
        .containsExactly(
            new SetSelector.ById(id, Optional.empty()),
            Optional.of("before 9.2"),
            new SetSelector.Latest(Optional.of("nas")),
            Optional.empty(),
            new SetSelector.ById(id, Optional.of("nas")),
            new SetSelector.Latest(Optional.empty()));
    assertThat(session.needs).isEqualTo(Needs.storage(Optional.empty()));
    assertThat(session.open).isZero();
    assertThat(Run.of(session, "pin", ".").exitCode()).isEqualTo(13);
  }

  @Test
  void backup_pins_with_the_note_or_says_so_itself() {
    Run.of(session, "backup", "--pin");
    Run.of(session, "backup", "--pin", "--note", "before 9.2");

    assertThat(session.asked)
        .extracting(asked -> ((CreateBackup.Request) asked).pin())
        .containsExactly(Optional.of("pinned by backup"), Optional.of("before 9.2"));
  }

  @Test
  void a_sample_is_taken_of_all() {
    Run.of(session, "verify", "--sample", "5%");
    Run.of(session, "verify", "all", "--sample", "2.5", "--deep", "--target", "nas");

    assertThat(session.asked)
        .containsExactly(
            Optional.empty(),
            new Share(50_000),
            false,
            Optional.of("nas"),
            new Share(25_000),
            true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "locks --force",
        "locks nas",
        "bakcup",
        "--bogus",
        "list extra",
        "backup everything",
        "backup --wait soon",
        "backup --only",
        "restore",
        "restore all",
        "restore everything latest",
        "show",
        "prune nas",
        "copy",
        "copy latest",
        "copy latest --missing",
        "copy . --to nas",
        "pin",
        "pin latest extra",
        "unpin",
        "unpin latest --reason x",
        "verify latest --sample 5%",
        "verify . --sample 5%",
        "verify all --sample",
        "verify all --sample 0%",
        "verify all --sample 100.1%",
        "verify all --sample many",
        "drill latest extra",
        "drill --all-targets --target nas",
        "drill --sample many",
        "status --notify --target nas",
        "status nas",
        "schedule",
        "schedule every night",
        "schedule install all"
      })
  void what_is_not_in_the_grammar_is_wrong_usage(String line) {
    Run run = Run.of(session, line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("holdfast: error: ").contains("\n  hint: ");
    assertThat(session.asked).isEmpty();
  }

  @Test
  void a_mistyped_command_is_told_the_nearest() {
    assertThat(Run.of(session, "verfiy").err()).contains("did you mean").contains("verify");
  }

  @Test
  void what_is_neither_an_id_nor_a_folder_is_an_unknown_set() {
    assertThat(Run.of(session, "restore", "all", "20251006").exitCode()).isEqualTo(13);
    assertThat(Run.of(session, "verify", "/nowhere/at/all").exitCode()).isEqualTo(13);
    assertThat(session.asked).isEmpty();
  }

  @Test
  void a_folder_is_not_on_a_target() {
    Run run = Run.in(folder, session, Console.Terminal.NONE, "verify", ".", "--target", "nas");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(session.asked).isEmpty();
  }
}
