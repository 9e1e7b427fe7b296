package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.CreateBackup.TargetOutcome;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast backup}: one new set on every target. */
@Command(
    name = "backup",
    sortOptions = false,
    header = "Back up databases and volumes as one set.",
    description =
        "Writes one new set to every target. Exit code 3 when an artifact failed (the set "
            + "says PARTIAL), a target that is not required did not take the set, or the set looks "
            + "wrong beside earlier ones (SUSPECT: far smaller; VANISHED: gone) or was read without its "
            + "hold to the end (SUSPECT), 11 when all failed "
            + "(there is no set), 12 when a required target did not take the set or fewer than the "
            + "quorum did. A COMPLETE set is followed by a prune of the targets that took it, unless the "
            + "configuration says `prune: manual`.")
final class BackupCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description = "all (the default), databases or volumes")
  Kinds kinds = Kinds.ALL;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "only this database (or CLUSTER/DATABASE) or volume; may be repeated")
  List<String> only = new ArrayList<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "a short word for the set")
  Optional<String> tag = Optional.empty();

  @Option(names = "--note", paramLabel = "NOTE", description = "a sentence for the set")
  Optional<String> note = Optional.empty();

  @Option(
      names = "--pin",
      description = "pin the set, so that no rule ever deletes it; the note is the reason")
  boolean pin;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "how long to wait for another run to end, such as 90s or 15m; without it exit code 14 at"
              + " once")
  Duration wait = Duration.ZERO;

  BackupCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    Supervised<Made> done =
        new Supervision<Made>(RunKind.BACKUP, Made::exitCode)
            .knowing(made -> RunReports.of(made.backup()))
            .carryOut(invocation, Needs.everything(), cancellation, this::create);
    return Outcome.report(
        () -> Supervision.json(done, json(done.result())),
        page -> {
          text(done.result().backup(), pinned(), page);
          done.result().prune().text(page);
        },
        Supervision.exitCode(done));
  }

  private Made create(Session session, Progress progress, Cancellation cancellation) {
    CreateBackup.Result result =
        session
            .createBackup()
            .create(
                new CreateBackup.Request(kinds.named(only), tag, note, wait, pinned()),
                cancellation);
    result.warnings().forEach(progress::warn);
    return new Made(result, FollowingPrune.after(result, session, cancellation));
  }

  /** What was made, and what went for it. */
  private record Made(CreateBackup.Result backup, FollowingPrune prune) {

    int exitCode() {
      return prune.exitCode(exitCodeOf(backup));
    }
  }

  private Optional<String> pinned() {
    return pin ? note.or(() -> Optional.of("pinned by backup")) : Optional.empty();
  }

  @Override
  public String whenInterrupted() {
    return "nothing was published";
  }

  /** A target without the set is worse than a set without an artifact: the next copy is missing. */
  static int exitCodeOf(CreateBackup.Result result) {
    return switch (result.keeping()) {
      case TOO_FEW -> ExitCode.STORAGE;
      case ENOUGH -> ExitCode.PARTIAL;
      case EVERYWHERE ->
          switch (result.manifest().status()) {
            case COMPLETE -> result.isPlausible() ? ExitCode.DONE : ExitCode.PARTIAL;
            case PARTIAL -> ExitCode.PARTIAL;
          };
    };
  }

  private Json.Fields json(Made made) {
    CreateBackup.Result result = made.backup();
    return Json.object()
        .put("command", "backup")
        .put("manifest", ArtifactJson.of(result.manifest()))
        .put("targets", result.targets().stream().map(BackupCommand::json).toList())
        .put("quorum", result.quorum())
        .put("kept", result.keeping().name())
        .put("pinned", pinned())
        .put("suspects", Plausibility.suspects(result.comparison()))
        .put("vanished", Plausibility.vanished(result.comparison()))
        .put("doubts", result.doubts())
        .put("prune", made.prune().json());
  }

  private static Json.Fields json(TargetOutcome target) {
    return Json.object()
        .put("target", target.target())
        .put("location", target.location())
        .put("required", target.required())
        .put("stored", target.isStored())
        .put("failure", target.failure())
        .put("hint", target.hint());
  }

  private static void text(CreateBackup.Result result, Optional<String> pinned, Page page) {
    Manifest manifest = result.manifest();
    SetStatus status = manifest.status();
    Duration took = Duration.between(manifest.started(), manifest.finished());
    page.line(
        States.styleOf(status),
        status.name(),
        "  " + manifest.id() + "  in " + Quantity.duration(took));
    page.line("").table(ArtifactTable.of(manifest.artifacts())).line("");
    manifest.cut().flatMap(CutView::hold).ifPresent(page::line);
    result.targets().forEach(target -> text(target, page));
    Plausibility.text(result.comparison(), page);
    result.doubts().forEach(doubt -> page.line(Style.DOUBTFUL, "SUSPECT", "  " + doubt));
    pinned.ifPresent(reason -> page.line("pinned: " + reason));
    long holding = result.targets().stream().filter(TargetOutcome::isStored).count();
    if (holding < result.targets().size()) {
      page.line(
          holding
              + " of "
              + Quantity.count(result.targets().size(), "target")
              + " hold"
              + (holding == 1 ? "s" : "")
              + " the set"
              + (holding < result.quorum() ? "; the quorum is " + result.quorum() : "")
              + "; `holdfast copy --missing` repairs it");
    }
  }

  private static void text(TargetOutcome target, Page page) {
    if (target.failure().isEmpty()) {
      page.line(Style.GOOD, "stored", " on " + target.target() + ": " + target.location());
      return;
    }
    String optional = target.required() ? "" : " (not required)";
    String what = " on " + target.target() + optional + ": " + target.failure().get();
    page.line(target.required() ? Style.BAD : Style.DOUBTFUL, "NOT STORED", what);
    if (!target.hint().isEmpty()) {
      page.line("  hint: " + target.hint());
    }
  }
}
