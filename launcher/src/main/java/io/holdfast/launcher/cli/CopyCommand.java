package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CopyBackup.CopiedSet;
import io.holdfast.application.port.in.CopyBackup.Repair;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast copy}: sets from one target to another. */
@Command(
    name = "copy",
    sortOptions = false,
    header = "Copy a set, or all that a target lacks, to another target.",
    description =
        "Verifies every file on its way and publishes the copy at the end, the same to the byte; "
            + "goes on where an interrupted copy ended. Exit code 13 when a set is damaged, 12 when "
            + "a target fails.")
final class CopyCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      arity = "0..1",
      description = "a set's id, or `latest` (the newest COMPLETE one of this host)")
  Optional<String> set = Optional.empty();

  @Option(
      names = "--missing",
      description = "every published set of this host that a target lacks, oldest first")
  boolean missing;

  @Option(
      names = "--from",
      paramLabel = "NAME",
      description = "from this target; without it the first that has the set")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "to this target; without it, with --missing, to all")
  Optional<String> to = Optional.empty();

  @Option(names = "--dry-run", description = "say what would be copied, and copy nothing")
  boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "how long to wait for another run on the target to end, such as 15m")
  Duration wait = Duration.ZERO;

  CopyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Optional<SetSelector> one = selector();
    Cancellation cancellation = invocation.cancellation().get();
    CopyBackup.Mode mode = new CopyBackup.Mode(dryRun, wait);
    Supervision.Work<Repair> work =
        (session, progress, ended) -> copy(session.copyBackup(), one, mode, ended);
    if (dryRun) {
      return plan(work, cancellation);
    }
    Supervised<Repair> done =
        new Supervision<Repair>(RunKind.COPY, CopyCommand::exitCodeOf)
            .knowing(RunReports::of)
            .carryOut(invocation, needs(), cancellation, work);
    return Outcome.report(
        () -> Supervision.json(done, json(done.result())),
        page -> text(done.result(), page),
        Supervision.exitCode(done));
  }

  private Repair copy(
      CopyBackup copy, Optional<SetSelector> one, CopyBackup.Mode mode, Cancellation cancellation) {
    return one.isPresent()
        ? new Repair(List.of(copy.copy(one.get(), to.orElseThrow(), mode, cancellation)), List.of())
        : copy.copyMissing(from, to, mode, cancellation);
  }

  /** A plan changes nothing, and is no run. */
  private Outcome plan(Supervision.Work<Repair> work, Cancellation cancellation) {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(needs(), progress)) {
      Repair repair = work.carryOut(session, progress, cancellation);
      int exitCode = exitCodeOf(repair);
      return Outcome.report(
          () -> Supervision.json(json(repair), exitCode), page -> text(repair, page), exitCode);
    }
  }

  @Override
  public String whenInterrupted() {
    return "no set is half copied; the next copy goes on from there";
  }

  /** Where both ends are named, no other target's secret is asked for. */
  private Needs needs() {
    return Needs.storage(
        from.isPresent() && to.isPresent() ? Set.copyOf(List.of(from.get(), to.get())) : Set.of());
  }

  private Optional<SetSelector> selector() {
    if (missing == set.isPresent()) {
      throw new UsageFailure(
          missing ? "SET does not go with --missing" : "say which SET, or --missing",
          "`holdfast copy latest --to NAME`, or `holdfast copy --missing`");
    }
    if (missing) {
      return Optional.empty();
    }
    if (to.isEmpty()) {
      throw new UsageFailure(
          "--to is missing", "name the target that is to get the set: --to NAME");
    }
    SetSelector selector =
        SetArgument.parse(
            set.get(), Optional.empty(), invocation.surroundings().workingDirectory());
    if (selector instanceof SetSelector.AtPath) {
      throw new UsageFailure(
          "a folder cannot be copied",
          "name a set by its id, or `latest`; or configure its folder");
    }
    return Optional.of(
        SetArgument.parse(set.get(), from, invocation.surroundings().workingDirectory()));
  }

  /** Damage is worse than a target that fails, and that is worse than one that is busy. */
  static int exitCodeOf(Repair repair) {
    List<Integer> codes = failures(repair).map(f -> ExitCode.of(f.kind())).toList();
    return Stream.of(ExitCode.of(FailureKind.INTEGRITY), ExitCode.STORAGE)
        .filter(codes::contains)
        .findFirst()
        .orElseGet(() -> codes.stream().findFirst().orElse(ExitCode.DONE));
  }

  private static Stream<Failure> failures(Repair repair) {
    return Stream.concat(
        repair.sets().stream().flatMap(set -> set.failure().stream()), repair.unread().stream());
  }

  private Json.Fields json(Repair repair) {
    return Json.object()
        .put("command", "copy")
        .put("executed", !dryRun)
        .put("sets", repair.sets().stream().map(CopyCommand::json).toList())
        .put("unread", repair.unread().stream().map(ErrorReport::ofPart).toList());
  }

  private static Json.Fields json(CopiedSet set) {
    return Json.object()
        .put("id", set.id().toString())
        .put("from", set.from())
        .put("to", set.to())
        .put("outcome", set.outcome().name())
        .put("files", set.files())
        .put("bytes", set.bytes())
        .put("keptFiles", set.keptFiles())
        .put("warnings", set.warnings())
        .put("failure", set.failure().map(ErrorReport::ofPart));
  }

  private void text(Repair repair, Page page) {
    repair.sets().forEach(set -> text(set, page));
    if (repair.sets().isEmpty() && repair.unread().isEmpty()) {
      page.line("nothing is missing: every target has every published set of this host");
    }
    if (dryRun) {
      page.line("nothing was copied");
    }
    repair.unread().forEach(page::failure);
  }

  private static void text(CopiedSet set, Page page) {
    String way = "  " + set.id() + "  " + set.from() + " -> " + set.to() + "  ";
    if (set.failure().isPresent()) {
      page.line(Style.BAD, "NOT COPIED", way + set.failure().get().getMessage());
      String hint = set.failure().get().hint();
      if (!hint.isEmpty()) {
        page.line("  hint: " + hint);
      }
      return;
    }
    String kept =
        set.keptFiles() == 0
            ? ""
            : ", " + Quantity.count(set.keptFiles(), "file") + " there already";
    String all = Quantity.count(set.files(), "file") + ", " + Quantity.bytes(set.bytes()) + kept;
    page.line(styleOf(set.outcome()), wordFor(set.outcome()), way + all);
  }

  private static String wordFor(CopyBackup.Outcome outcome) {
    return switch (outcome) {
      case COPIED -> "copied    ";
      case PRESENT -> "there     ";
      case PLANNED -> "to copy   ";
      case FAILED -> "NOT COPIED";
    };
  }

  private static Style styleOf(CopyBackup.Outcome outcome) {
    return switch (outcome) {
      case COPIED, PRESENT -> Style.GOOD;
      case PLANNED -> Style.PLAIN;
      case FAILED -> Style.BAD;
    };
  }
}
