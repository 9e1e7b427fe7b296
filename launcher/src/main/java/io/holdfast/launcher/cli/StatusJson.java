package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportStatus.AtWork;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.in.ReportStatus.TargetStatus;
import io.holdfast.application.port.in.ReportStatus.Verified;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.trend.ArtifactTrend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A status for programs. */
final class StatusJson {

  private StatusJson() {}

  static Json.Fields of(Report report, int exitCode) {
    return Json.object()
        .put("command", "status")
        .put("at", report.at())
        .put("rpo", report.objectives().rpo().map(StatusJson::seconds))
        .put("rto", report.objectives().rto().map(StatusJson::seconds))
        .put("hosts", report.hosts().stream().map(host -> json(report, host)).toList())
        .put("remarks", report.remarks())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(Report report, HostStatus host) {
    return Json.object()
        .put("host", host.host())
        .put("findings", host.findings().stream().map(StatusJson::json).toList())
        .put("newest", host.newest().map(SetId::toString))
        .put("recoveryPoint", host.recoveryPoint().map(SetId::toString))
        .put("age", age(report, host.recoveryPoint()))
        .put("artifacts", host.comparison().artifacts().stream().map(StatusJson::json).toList())
        .put("suspects", Plausibility.suspects(host.comparison()))
        .put("vanished", Plausibility.vanished(host.comparison()))
        .put(
            "missing",
            host.missing().stream()
                .map(
                    set ->
                        Json.object()
                            .put("set", set.set().toString())
                            .put("targets", set.targets()))
                .toList())
        .put("nextBackup", host.nextBackup())
        .put("recoveryTime", RecoveryJson.time(host))
        .put("lastDrill", host.drills().last().map(RecoveryJson::drill))
        .put(
            "failedDrills",
            host.drills().standingFailures().stream().map(RecoveryJson::drill).toList())
        .put("targets", host.targets().stream().map(target -> json(report, target)).toList());
  }

  private static Json.Fields json(Finding finding) {
    return Json.object()
        .put("concern", finding.concern().name())
        .put("target", finding.target())
        .put("text", finding.text());
  }

  private static Json.Fields json(ArtifactTrend trend) {
    return Json.object()
        .put("kind", trend.artifact().id().kind().name())
        .put("cluster", trend.artifact().id().cluster())
        .put("name", trend.artifact().id().name())
        .put("comparedBytes", trend.bytes())
        .put("usualBytes", known(trend.usual()))
        .put("sets", trend.sets());
  }

  private static Json.Fields json(Report report, TargetStatus target) {
    Json.Fields json =
        Json.object()
            .put("target", target.target())
            .put("location", target.location())
            .put("required", target.required())
            .put("failure", target.failure().map(ErrorReport::ofPart));
    return json.put("content", target.content().map(content -> json(report, content)));
  }

  private static Json.Fields json(Report report, Content content) {
    return Json.object()
        .put("newest", content.newest().map(SetId::toString))
        .put("recoveryPoint", content.recoveryPoint().map(SetId::toString))
        .put("age", age(report, content.recoveryPoint()))
        .put("sets", content.sizes().sets().size())
        .put("bytes", content.sizes().sets().stream().mapToLong(set -> set.bytes()).sum())
        .put("newestBytes", known(content.sizes().newest()))
        .put("usualBytes", known(content.sizes().usual()))
        .put("bytesPerDay", known(content.sizes().bytesPerDay()))
        .put("freeBytes", known(content.freeBytes()))
        .put("fullIn", content.fullIn().map(StatusJson::seconds))
        .put("pinned", content.pins().keySet().stream().sorted().map(SetId::toString).toList())
        .put("verified", content.verified().map(StatusJson::json))
        .put("damaged", names(content.damaged()))
        .put("lastDrill", content.lastDrill())
        .put("lock", content.lock().map(StatusJson::json))
        .put("foreignSets", content.foreign());
  }

  private static Json.Fields json(Verified verified) {
    return Json.object()
        .put("set", verified.set().toString())
        .put("at", verified.verdict().at())
        .put("whole", verified.verdict().whole())
        .put("deep", verified.verdict().deep())
        .put("everything", verified.verdict().everything());
  }

  private static Json.Fields json(AtWork lock) {
    return Json.object()
        .put("host", lock.holder().host())
        .put("pid", lock.holder().pid())
        .put("command", lock.holder().command())
        .put("since", lock.holder().since())
        .put("lastHeartbeat", lock.lastSign());
  }

  private static List<String> names(List<SetId> sets) {
    return sets.stream().map(SetId::toString).toList();
  }

  private static Optional<Double> age(Report report, Optional<SetId> set) {
    return set.map(id -> seconds(Duration.between(id.begun(), report.at())));
  }

  private static Double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static Optional<Long> known(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static Optional<Long> known(OptionalDouble number) {
    return number.isPresent() ? Optional.of(Math.round(number.getAsDouble())) : Optional.empty();
  }
}
