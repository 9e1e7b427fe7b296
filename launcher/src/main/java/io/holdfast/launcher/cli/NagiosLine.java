package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A status as monitoring plugins tell it: one line, performance data, an exit code of their own.
 */
final class NagiosLine {

  private NagiosLine() {}

  /** How grave. */
  private enum Level {
    OK(0),
    WARNING(1),
    CRITICAL(2),
    UNKNOWN(3);

    private final int exitCode;

    Level(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  static Outcome of(Report report) {
    List<Finding> findings = report.findings();
    Level level =
        findings.stream()
            .map(Finding::concern)
            .min(Concern::compareTo)
            .map(NagiosLine::levelOf)
            .orElse(Level.OK);
    String text =
        findings.isEmpty()
            ? StatusPage.wellText(report)
            : findings.stream()
                .map(finding -> finding.host() + ": " + finding.text())
                .reduce((left, right) -> left + "; " + right)
                .orElse("");
    return line(level, text, perfdata(report));
  }

  /** What a look came to; why it came to nothing is told in the same form. */
  static Outcome orUnknown(Supplier<Outcome> look) {
    try {
      return look.get();
    } catch (Failure failure) {
      return line(Level.UNKNOWN, failure.getMessage(), "");
    }
  }

  private static Outcome line(Level level, String text, String perfdata) {
    String line =
        "HOLDFAST "
            + level
            + " - "
            + text.replace('|', '/').replace('\n', ' ')
            + (perfdata.isEmpty() ? "" : " | " + perfdata);
    return Outcome.answer(Json::object, page -> page.line(line), level.exitCode);
  }

  private static Level levelOf(Concern worst) {
    return switch (worst) {
      case OBJECTIVE_MISSED, RTO_MISSED -> Level.CRITICAL;
      case UNREADABLE -> Level.UNKNOWN;
      case NO_SET, DAMAGED, UNPROVEN, FUTURE, SUSPECT, VANISHED, BEHIND -> Level.WARNING;
    };
  }

  private static String perfdata(Report report) {
    List<String> data = new ArrayList<>();
    for (HostStatus host : report.hosts()) {
      host.recoveryPoint()
          .ifPresent(
              set ->
                  data.add(
                      label(host.host() + " age")
                          + Duration.between(set.begun(), report.at()).toSeconds()
                          + "s;;"
                          + report
                              .objectives()
                              .rpo()
                              .map(Duration::toSeconds)
                              .map(String::valueOf)
                              .orElse("")
                          + ";0"));
      host.time()
          .projected()
          .ifPresent(
              projected ->
                  data.add(
                      label(host.host() + " restore")
                          + projected.toSeconds()
                          + "s;;"
                          + host.time()
                              .objective()
                              .map(Duration::toSeconds)
                              .map(String::valueOf)
                              .orElse("")
                          + ";0"));
      host.drills()
          .last()
          .ifPresent(
              drill ->
                  data.add(
                      label(host.host() + " drill age")
                          + Duration.between(drill.started(), report.at()).toSeconds()
                          + "s"));
      host.targets()
          .forEach(
              target ->
                  target
                      .content()
                      .ifPresent(
                          content -> {
                            String name = host.host() + " " + target.target();
                            data.add(label(name + " sets") + content.sizes().sets().size());
                            content
                                .sizes()
                                .newest()
                                .ifPresent(bytes -> data.add(label(name + " size") + bytes + "B"));
                            content
                                .freeBytes()
                                .ifPresent(bytes -> data.add(label(name + " free") + bytes + "B"));
                          }));
    }
    return String.join(" ", data);
  }

  /** In quotes, since it has blanks; what would end it is replaced. */
  private static String label(String text) {
    return "'" + text.replaceAll("['=|]", "_") + "'=";
  }
}
