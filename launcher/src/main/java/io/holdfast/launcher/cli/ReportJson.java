package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.ArtifactSizes;
import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.recovery.RecoveryGaps.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A report for programs. */
final class ReportJson {

  private ReportJson() {}

  static Json.Fields of(Report report, int days, int exitCode) {
    Instant now = report.now().at();
    Optional<Duration> rpo = report.now().objectives().rpo();
    return Json.object()
        .put("command", "report")
        .put("at", now)
        .put("since", report.since())
        .put("days", days)
        .put("host", report.host().host())
        .put("rpo", rpo.map(RecoveryJson::seconds))
        .put("rto", report.now().objectives().rto().map(RecoveryJson::seconds))
        .put(
            "findings",
            report.now().findings().stream()
                .map(
                    finding ->
                        Json.object()
                            .put("concern", finding.concern().name())
                            .put("target", finding.target())
                            .put("text", finding.text()))
                .toList())
        .put("recoveryPoint", report.host().recoveryPoint().map(Object::toString))
        .put("recoveryTime", RecoveryJson.time(report.host()))
        .put("gaps", json(report.gaps(), rpo, now, days))
        .put(
            "targets",
            report.targets().stream().map(target -> json(target, rpo, now, days)).toList())
        .put("drills", ReportWindow.drills(report).stream().map(RecoveryJson::drill).toList())
        .put(
            "measurements",
            ReportWindow.measurements(report).stream()
                .map(
                    each ->
                        Json.object()
                            .put("at", each.at())
                            .put("by", RestoreWords.word(each.source()))
                            .put("set", each.set().toString())
                            .put("seconds", each.took())
                            .put("bytes", each.bytes()))
                .toList())
        .put("artifacts", report.artifacts().stream().map(ReportJson::json).toList())
        .put("remarks", report.now().remarks())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(
      TargetPast target, Optional<Duration> rpo, Instant now, int days) {
    return Json.object()
        .put("target", target.target())
        .put("failure", target.failure())
        .put("sets", target.sets().stream().map(ReportJson::json).toList())
        .put("gaps", json(target.gaps(), rpo, now, days));
  }

  private static Json.Fields json(PastSet set) {
    return Json.object()
        .put("set", set.id().toString())
        .put("state", set.state().name())
        .put("bytes", set.bytes())
        .put("artifacts", set.artifacts())
        .put("failed", set.failed())
        .put("seconds", set.took().map(RecoveryJson::seconds))
        .put("tag", set.tag())
        .put("note", set.note())
        .put("pinned", set.pinned());
  }

  private static Json.Fields json(
      RecoveryGaps gaps, Optional<Duration> rpo, Instant now, int days) {
    return Json.object()
        .put("current", gaps.current().map(Gap::length).map(RecoveryJson::seconds))
        .put(
            "windows",
            ReportWindow.windows(days).stream()
                .map(
                    window ->
                        Json.object()
                            .put("days", window)
                            .put("longest", longest(gaps, now, window))
                            .put("overObjective", rpo.map(limit -> over(gaps, now, window, limit))))
                .toList())
        .put(
            "over",
            rpo.map(gaps::over).orElse(List.of()).stream()
                .map(
                    gap ->
                        Json.object()
                            .put("from", gap.from())
                            .put("until", gap.until())
                            .put("open", gap.open())
                            .put("seconds", gap.length()))
                .toList());
  }

  private static Optional<Double> longest(RecoveryGaps gaps, Instant now, int window) {
    return gaps.within(now, Duration.ofDays(window))
        .longest()
        .map(Gap::length)
        .map(RecoveryJson::seconds);
  }

  private static long over(RecoveryGaps gaps, Instant now, int window, Duration limit) {
    return gaps.within(now, Duration.ofDays(window)).over(limit).size();
  }

  private static Json.Fields json(ArtifactSizes artifact) {
    return Json.object()
        .put("name", artifact.name())
        .put(
            "sizes",
            artifact.sizes().stream()
                .map(
                    size ->
                        Json.object().put("set", size.id().toString()).put("bytes", size.bytes()))
                .toList());
  }
}
