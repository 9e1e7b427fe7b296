package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.PruneBackups.Report;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast prune}: deletes the sets that no rule keeps. */
@Command(
    name = "prune",
    sortOptions = false,
    header = "Delete the sets that no rule of `retention` keeps.",
    description =
        "Decides for each target by what is on it, and tells why each set stays or goes. The "
            + "newest COMPLETE set, pinned ones and those being read always stay. Exit code 3 when "
            + "a set is dated in the future (nothing is deleted), 12 when a target fails, 14 when "
            + "another run has it.")
final class PruneCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--dry-run", description = "say what would be deleted, and change nothing")
  boolean dryRun;

  @Option(names = "--target", paramLabel = "NAME", description = "only this target")
  Optional<String> target = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "how long to wait for another run on a target to end, such as 15m")
  Duration wait = Duration.ZERO;

  PruneCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    if (dryRun) {
      return plan(cancellation);
    }
    Supervised<Report> done =
        new Supervision<Report>(RunKind.PRUNE, PruneView::exitCodeOf)
            .knowing(RunReports::of)
            .carryOut(
                invocation,
                Needs.storage(target),
                cancellation,
                (session, progress, ended) -> session.pruneBackups().prune(request(), ended));
    return Outcome.report(
        () -> Supervision.json(done, json(done.result())),
        page -> PruneView.tables(done.result(), page),
        Supervision.exitCode(done));
  }

  /** A plan changes nothing, and is no run. */
  private Outcome plan(Cancellation cancellation) {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(target), progress)) {
      Report report = session.pruneBackups().prune(request(), cancellation);
      int exitCode = PruneView.exitCodeOf(report);
      return Outcome.answer(
          () -> Supervision.json(json(report), exitCode),
          page -> {
            PruneView.tables(report, page);
            page.line("nothing was deleted: a dry run");
          },
          exitCode);
    }
  }

  private PruneBackups.Request request() {
    return new PruneBackups.Request(target.map(Set::of).orElse(Set.of()), dryRun, wait);
  }

  @Override
  public String whenInterrupted() {
    return "no set is left in part; the next prune goes on from there";
  }

  private Json.Fields json(Report report) {
    return Json.object()
        .put("command", "prune")
        .put("executed", !dryRun)
        .put("targets", PruneView.json(report));
  }
}
