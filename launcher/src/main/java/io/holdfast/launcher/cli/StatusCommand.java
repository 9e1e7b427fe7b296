package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.in.ReportStatus.Request;
import io.holdfast.launcher.config.Needs;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast status}: how well this host, or every host beside it, is backed up. */
@Command(
    name = "status",
    sortOptions = false,
    header = "Say how well this host, or a fleet of hosts, is backed up.",
    description =
        "Reads the targets and changes nothing. Exit code 15 when an objective is missed, else 12 "
            + "when a required target cannot be read, else 3 when something looks wrong, else 0.")
final class StatusCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--target", paramLabel = "NAME", description = "only what this target holds")
  Optional<String> target = Optional.empty();

  @Option(
      names = "--all-hosts",
      description =
          "every host that has a folder beside this one's, on targets with {host} in the path of"
              + " their url")
  boolean allHosts;

  @Option(
      names = "--nagios",
      description =
          "one line with performance data, and a monitoring plugin's exit codes: 0 OK, 1 WARNING,"
              + " 2 CRITICAL, 3 UNKNOWN")
  boolean nagios;

  @Option(
      names = "--notify",
      description = "tell whoever is configured to hear of objectives, when they change")
  boolean notify;

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    if (nagios && invocation.options().json) {
      throw new UsageFailure("--nagios and --json do not go together.", "Leave one of them out.");
    }
    if (notify && target.isPresent()) {
      throw new UsageFailure(
          "--notify does not go with --target.", "Objectives are those of all targets together.");
    }
    return nagios ? NagiosLine.orUnknown(() -> NagiosLine.of(look())) : outcome(look());
  }

  private Outcome outcome(Report report) {
    int exitCode = exitCodeOf(report);
    return Outcome.answer(
        () -> StatusJson.of(report, exitCode), page -> new StatusPage(report).text(page), exitCode);
  }

  private Report look() {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(target), progress)) {
      ReportStatus status = session.reportStatus();
      Request request = new Request(target, allHosts);
      Report report = status.report(request);
      report.remarks().forEach(progress::warn);
      if (notify) {
        status.tellChanges(request, report).forEach(progress::warn);
      }
      return report;
    }
  }

  /** The worst of what was found. */
  static int exitCodeOf(Report report) {
    return report.findings().stream()
        .map(Finding::concern)
        .min(Concern::compareTo)
        .map(StatusCommand::exitCodeOf)
        .orElse(ExitCode.DONE);
  }

  private static int exitCodeOf(Concern worst) {
    return switch (worst) {
      case OBJECTIVE_MISSED, RTO_MISSED -> ExitCode.OBJECTIVE;
      case UNREADABLE -> ExitCode.STORAGE;
      case NO_SET, DAMAGED, UNPROVEN, FUTURE, SUSPECT, VANISHED, BEHIND -> ExitCode.PARTIAL;
    };
  }
}
