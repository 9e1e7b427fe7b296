package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.DrillBackup.Drilled;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What drills have shown, for people and for programs. */
final class DrillView {

  private static final int SHOWN = 20;

  private DrillView() {}

  static Json.Fields json(DrillBackup.Report report, Optional<Share> sample) {
    return Json.object()
        .put("command", "drill")
        .put("sample", sample.map(Share::percent))
        .put("drills", report.drills().stream().map(DrillView::json).toList())
        .put(
            "unread",
            report.unread().stream()
                .map(unread -> ErrorReport.ofPart(unread.failure()).put("target", unread.target()))
                .toList());
  }

  private static Json.Fields json(Drilled drill) {
    DrillRecord record = drill.record();
    return Json.object()
        .put("set", record.set().toString())
        .put("target", record.target())
        .put("location", drill.location())
        .put("started", record.started())
        .put("proven", record.isProven())
        .put("whole", record.whole())
        .put("seconds", record.took())
        .put("restoreSeconds", record.restoreTook())
        .put("rtoSeconds", record.rto().map(rto -> rto.toMillis() / 1000.0))
        .put("rtoMissed", record.missesRto())
        .put("bytes", record.bytes())
        .put("databases", drill.restored().databases())
        .put("volumes", drill.restored().volumes())
        .put("phases", record.phases().stream().map(DrillView::json).toList())
        .put("artifacts", record.proofs().stream().map(DrillView::json).toList())
        .put("assertions", record.assertions().stream().map(DrillView::json).toList())
        .put("problems", record.problems())
        .put("warnings", drill.warnings());
  }

  private static Json.Fields json(Phase phase) {
    return Json.object().put("name", phase.name()).put("seconds", phase.took());
  }

  private static Json.Fields json(ArtifactProof proof) {
    return Json.object()
        .put("name", proof.artifact())
        .put("compared", proof.compared())
        .put(
            "differences",
            proof.differences().stream()
                .map(
                    difference ->
                        Json.object()
                            .put("subject", difference.subject())
                            .put("detail", difference.detail()))
                .toList());
  }

  private static Json.Fields json(Assertion assertion) {
    return Json.object()
        .put("name", assertion.name())
        .put("held", assertion.held())
        .put("detail", assertion.detail());
  }

  static void text(DrillBackup.Report report, Page page) {
    report.drills().forEach(drill -> text(drill, page));
    report.unread().forEach(unread -> page.failure(unread.failure()));
    report.unread().stream()
        .map(unread -> "NOT PROVEN: nothing could be drilled from target " + unread.target())
        .forEach(page::line);
  }

  private static void text(Drilled drill, Page page) {
    DrillRecord record = drill.record();
    page.line("drill of " + record.set() + " (" + drill.location() + ")");
    for (Phase phase : record.phases()) {
      page.line(
          "  " + String.format("%10s", Quantity.duration(phase.took())) + "  " + phase.name());
    }
    record.proofs().forEach(proof -> text(proof, page));
    record.assertions().forEach(assertion -> text(assertion, page));
    drill.warnings().forEach(warning -> page.line(Style.DOUBTFUL, "warning: ", warning));
    record.problems().forEach(problem -> page.line(Style.BAD, "FAILED     ", problem));
    drill
        .failure()
        .map(Failure::hint)
        .filter(hint -> !hint.isEmpty())
        .ifPresent(hint -> page.line("  hint: " + hint));
    verdict(drill, page);
  }

  private static void text(ArtifactProof proof, Page page) {
    String what = proof.artifact() + ": " + proof.compared();
    if (!proof.differences().isEmpty()) {
      page.line(Style.BAD, "DIFFERENT  ", what);
      proof.differences().stream()
          .limit(SHOWN)
          .forEach(difference -> page.line("  " + difference.describe()));
      if (proof.differences().size() > SHOWN) {
        page.line("  and " + (proof.differences().size() - SHOWN) + " more, which --json shows");
      }
    } else if (isCompared(proof)) {
      page.line(Style.GOOD, "EQUAL      ", what);
    } else {
      page.line(Style.DOUBTFUL, "UNCOMPARED ", what);
    }
  }

  private static void text(Assertion assertion, Page page) {
    if (assertion.held()) {
      page.line(Style.GOOD, "HOLDS      ", "assertion " + assertion.name());
    } else {
      page.line(
          Style.BAD, "FAILED     ", "assertion " + assertion.name() + ": " + assertion.detail());
    }
  }

  private static boolean isCompared(ArtifactProof proof) {
    return proof.wasCompared();
  }

  private static void verdict(Drilled drill, Page page) {
    DrillRecord record = drill.record();
    String set = "set " + record.set() + " from target " + record.target();
    String took =
        Quantity.duration(record.restoreTook())
            + record.rto().map(rto -> " (objective " + Quantity.duration(rto) + ")").orElse("");
    if (drill.isRefuted()) {
      page.line(Style.BAD, "NOT PROVEN: ", set + " does not come back as it was; " + wrong(record));
    } else if (!record.isProven()) {
      page.line(Style.BAD, "NOT PROVEN: ", set + " could not be drilled to its end");
    } else if (record.missesRto()) {
      page.line(Style.BAD, "TOO SLOW: ", set + " restores; " + equal(drill) + "; it took " + took);
    } else {
      page.line(Style.GOOD, "PROVEN: ", set + " restores; " + equal(drill) + "; " + took);
    }
  }

  private static String wrong(DrillRecord record) {
    long differences =
        record.proofs().stream().mapToLong(proof -> proof.differences().size()).sum();
    long failed = record.assertions().stream().filter(assertion -> !assertion.held()).count();
    List<String> parts = new ArrayList<>();
    if (differences > 0) {
      parts.add(Quantity.count(differences, "difference"));
    }
    if (failed > 0) {
      parts.add(
          Quantity.count(failed, "assertion") + (failed == 1 ? " does" : " do") + " not hold");
    }
    return String.join(", ", parts);
  }

  private static String equal(Drilled drill) {
    DrillRecord record = drill.record();
    long databases = compared(record, "database ");
    long volumes = compared(record, "volume ");
    String counted =
        Quantity.count(databases, "database") + ", " + Quantity.count(volumes, "volume") + " equal";
    long uncompared =
        drill.restored().databases() + drill.restored().volumes() - databases - volumes;
    return counted
        + (uncompared > 0 ? ", " + uncompared + " that could not be compared" : "")
        + (record.whole() ? "" : " (a sample)");
  }

  private static long compared(DrillRecord record, String kind) {
    return record.proofs().stream()
        .filter(proof -> proof.artifact().startsWith(kind) && isCompared(proof))
        .count();
  }
}
