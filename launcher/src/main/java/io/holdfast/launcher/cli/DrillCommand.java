package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.DrillBackup.Drilled;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.launcher.config.Needs;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast drill}: restores a set where it harms nobody, and shows what came back. */
@Command(
    name = "drill",
    sortOptions = false,
    header = "Restore a set somewhere harmless and prove that it equals its source.",
    description =
        "Into servers and volumes that are there for the drill alone, and gone after it. Exit code"
            + " 13 when anything differs or an assertion does not hold, 15 when only the recovery"
            + " time objective was missed.")
final class DrillCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      arity = "0..1",
      description = "a set's id, or `latest` (the default)")
  Optional<String> set = Optional.empty();

  @Option(names = "--target", paramLabel = "NAME", description = "read the set from this target")
  Optional<String> target = Optional.empty();

  @Option(
      names = "--all-targets",
      description = "drill the set of each target, one after the other")
  boolean allTargets;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description =
          "only those databases and volumes that no drill has restored for the longest time, until"
              + " they are this share of the set's bytes")
  Optional<Share> sample = Optional.empty();

  DrillCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    if (allTargets && target.isPresent()) {
      throw new UsageFailure(
          "--target names one target, --all-targets means all of them.", "Leave out one.");
    }
    SelectedSet selected = SelectedSet.of(set.orElse(SetArgument.LATEST), target, invocation);
    if (selected.isByUrl()) {
      throw new UsageFailure(
          "a drill takes a set of a configured target, and no url",
          "configure the place as a target, or hold a restore of it against its fingerprints:"
              + " holdfast restore all URL --check");
    }
    DrillBackup.Request request = new DrillBackup.Request(selected.selector(), allTargets, sample);
    Supervised<DrillBackup.Report> done =
        new Supervision<DrillBackup.Report>(RunKind.DRILL, DrillCommand::exitCodeOf)
            .knowing(DrillFacts::of)
            .carryOut(
                invocation,
                Needs.storage(Optional.empty()).withSources(false, true),
                cancellation,
                (session, progress, ended) -> session.drillBackup().drill(request, ended));
    return Outcome.report(
        () -> Supervision.json(done, DrillView.json(done.result(), sample)),
        page -> DrillView.text(done.result(), page),
        Supervision.exitCode(done));
  }

  @Override
  public String whenInterrupted() {
    return "what the drill had made was removed";
  }

  /** What is proven wrong is worse than what could not be looked at, and that than slowness. */
  static int exitCodeOf(DrillBackup.Report report) {
    if (report.drills().stream().anyMatch(Drilled::isRefuted)) {
      return ExitCode.INTEGRITY;
    }
    Stream<Failure> failures =
        Stream.concat(
            report.drills().stream().flatMap(drill -> drill.failure().stream()),
            report.unread().stream().map(DrillBackup.Unread::failure));
    Optional<Integer> failed =
        failures
            .map(failure -> ExitCode.of(failure.kind()))
            .max((one, other) -> Integer.compare(one, other));
    boolean slow = report.drills().stream().map(Drilled::record).anyMatch(DrillRecord::missesRto);
    return failed.orElse(slow ? ExitCode.OBJECTIVE : ExitCode.DONE);
  }
}
