package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.Request;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast report}: how well this host could have been brought back over some time. */
@Command(
    name = "report",
    sortOptions = false,
    header = "Report sets, gaps, drills and restore times of the last weeks.",
    description =
        "Reads the targets and changes nothing. What is at risk now comes first, as `holdfast status`"
            + " tells it. Exit code 12 when a target cannot be read, else 0, whatever is at risk.")
final class ReportCommand implements Action {

  private static final int MOST_DAYS = 3_650;

  private final Invocation invocation;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "how far back to look; default: ${DEFAULT-VALUE}")
  int days = 90;

  @Option(names = "--target", paramLabel = "NAME", description = "only what this target holds")
  Optional<String> target = Optional.empty();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "also write one page that needs nothing else: for a browser, a phone, or to be printed")
  Optional<Path> html = Optional.empty();

  ReportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    if (days < 1 || days > MOST_DAYS) {
      throw new UsageFailure(
          "--days " + days + " is not between 1 and " + MOST_DAYS, "--days 90 is usual.");
    }
    html.ifPresent(ReportFile::check);
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(target), progress)) {
      ReportRecovery recovery = session.reportRecovery();
      Report report = recovery.report(new Request(target, days));
      ZoneId zone = session.config().lifecycle().schedule().zone();
      report.now().remarks().forEach(progress::warn);
      html.ifPresent(file -> ReportFile.write(file, ReportHtml.of(report, days, zone)));
      int exitCode = exitCodeOf(report);
      return Outcome.answer(
          () -> ReportJson.of(report, days, exitCode),
          page -> text(new ReportPage(report, days, zone), page),
          exitCode);
    }
  }

  /** Who asks for a page reads that. */
  private void text(ReportPage report, Page page) {
    if (html.isPresent()) {
      page.line("wrote " + html.get());
    } else {
      report.text(page);
    }
  }

  private static int exitCodeOf(Report report) {
    return report.targets().stream().anyMatch(target -> target.failure().isPresent())
        ? ExitCode.STORAGE
        : ExitCode.DONE;
  }
}
