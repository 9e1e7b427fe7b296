package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.DrillBackup.Drilled;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What drills have shown, as the history of this host keeps it and as whoever is told hears it. */
final class DrillFacts {

  /** Of a thousand differences the first few name the trouble. */
  private static final int FEW = 5;

  private DrillFacts() {}

  static RunFacts of(DrillBackup.Report report) {
    return new RunFacts(
        report.drills().stream().map(drill -> drill.record().set()).distinct().toList(),
        report.drills().stream().flatMap(DrillFacts::facts).toList(),
        Stream.concat(
                report.drills().stream()
                    .map(drill -> new TargetFact(drill.record().target(), Optional.empty())),
                report.unread().stream()
                    .map(
                        unread ->
                            new TargetFact(
                                unread.target(), Optional.of(unread.failure().getMessage()))))
            .toList(),
        report.drills().stream().flatMap(drill -> drill.warnings().stream()).distinct().toList());
  }

  private static Stream<ArtifactFact> facts(Drilled drill) {
    DrillRecord record = drill.record();
    return Stream.of(
            record.proofs().stream().map(DrillFacts::fact),
            record.assertions().stream().map(DrillFacts::fact),
            record.problems().stream().map(problem -> fact("drill", Optional.of(problem))),
            record.missesRto()
                ? Stream.of(fact("objective", Optional.of(tooSlow(record))))
                : Stream.<ArtifactFact>empty())
        .flatMap(facts -> facts);
  }

  static String tooSlow(DrillRecord record) {
    return "the restore took "
        + Quantity.duration(record.restoreTook())
        + ", and "
        + record.rto().map(Quantity::duration).orElse("less")
        + " were promised";
  }

  private static ArtifactFact fact(ArtifactProof proof) {
    List<Difference> differences = proof.differences();
    String few =
        differences.stream().limit(FEW).map(Difference::describe).collect(Collectors.joining("; "));
    String more = differences.size() > FEW ? "; and " + (differences.size() - FEW) + " more" : "";
    return fact(
        proof.artifact(), differences.isEmpty() ? Optional.empty() : Optional.of(few + more));
  }

  private static ArtifactFact fact(Assertion assertion) {
    return fact(
        "assertion " + assertion.name(),
        assertion.held() ? Optional.empty() : Optional.of(assertion.detail()));
  }

  private static ArtifactFact fact(String name, Optional<String> failure) {
    return new ArtifactFact(name, 0, 0, 0, failure);
  }
}
