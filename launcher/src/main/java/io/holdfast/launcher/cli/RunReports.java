package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CopyBackup.CopiedSet;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.VerifyBackup.VerifiedAll;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.retention.RetentionPlan;
import io.holdfast.domain.trend.RecoveryPoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What commands did, as the history of this host keeps it. */
final class RunReports {

  private static final double MILLIS = 1000.0;

  private RunReports() {}

  static RunFacts of(CreateBackup.Result result) {
    return new RunFacts(
        List.of(result.manifest().id()),
        result.manifest().artifacts().stream().map(RunReports::fact).toList(),
        result.targets().stream().map(t -> new TargetFact(t.target(), t.failure())).toList(),
        result.warnings(),
        Optional.of(new RunFacts.Whole(RecoveryPoint.wholeBytes(result.manifest()))));
  }

  private static ArtifactFact fact(Artifact artifact) {
    if (artifact instanceof StoredArtifact stored) {
      return new ArtifactFact(
          stored.id().describe(),
          stored.storedBytes(),
          stored.sourceBytes(),
          seconds(stored.took()),
          Optional.empty());
    }
    return failed(
        artifact.id().describe(),
        artifact instanceof FailedArtifact failed ? failed.reason() : "it is not stored");
  }

  /** Names no artifact: single files tell nothing of how long the whole would take. */
  static RunFacts of(RestoreFiles.Result result) {
    return new RunFacts(
        SetId.parse(result.set()).stream().toList(), List.of(), List.of(), result.warnings());
  }

  /** The same of single tables. */
  static RunFacts ofPart(RestoreBackup.Result result) {
    return new RunFacts(
        SetId.parse(result.set()).stream().toList(),
        List.of(),
        List.of(),
        result.items().stream().flatMap(item -> item.warnings().stream()).toList());
  }

  static RunFacts of(RestoreBackup.Result result) {
    return new RunFacts(
        SetId.parse(result.set()).stream().toList(),
        result.items().stream()
            .map(item -> new ArtifactFact(item.id().describe(), 0, 0, 0, item.failure()))
            .toList(),
        List.of(),
        result.items().stream().flatMap(RunReports::warnings).toList());
  }

  private static Stream<String> warnings(RestoredItem item) {
    return item.warnings().stream().map(warning -> item.id().describe() + ": " + warning);
  }

  static RunFacts of(VerifiedAll all) {
    return new RunFacts(
        all.sets().stream().flatMap(set -> SetId.parse(set.name()).stream()).distinct().toList(),
        Stream.concat(all.sets().stream().map(RunReports::fact), unread(all.unread())).toList(),
        List.of(),
        List.of());
  }

  private static ArtifactFact fact(VerifiedSet set) {
    String name = "set " + set.name() + " (" + set.location() + ")";
    return new ArtifactFact(name, set.bytes(), 0, 0, damage(set));
  }

  /** Their messages name the targets. */
  private static Stream<ArtifactFact> unread(List<? extends Failure> failures) {
    return failures.stream().map(failure -> failed("storage", failure.getMessage()));
  }

  private static Optional<String> damage(VerifiedSet set) {
    return set.problems().stream()
        .map(problem -> problem.path() + ": " + problem.problem())
        .reduce((first, other) -> first + "; " + other);
  }

  static RunFacts of(CopyBackup.Repair repair) {
    Map<String, TargetFact> targets = new LinkedHashMap<>();
    repair
        .sets()
        .forEach(set -> targets.putIfAbsent(set.to(), new TargetFact(set.to(), Optional.empty())));
    return new RunFacts(
        repair.sets().stream().map(CopiedSet::id).distinct().toList(),
        Stream.concat(repair.sets().stream().map(RunReports::fact), unread(repair.unread()))
            .toList(),
        List.copyOf(targets.values()),
        repair.sets().stream().flatMap(set -> set.warnings().stream()).distinct().toList());
  }

  private static ArtifactFact fact(CopiedSet set) {
    return new ArtifactFact(
        "set " + set.id() + " from " + set.from() + " to " + set.to(),
        set.failure().isPresent() ? 0 : set.bytes(),
        0,
        0,
        set.failure().map(Failure::getMessage));
  }

  static RunFacts of(PruneBackups.Report report) {
    return new RunFacts(
        report.targets().stream()
            .flatMap(target -> target.sets().stream())
            .filter(set -> set.outcome() == PruneBackups.Outcome.DELETED)
            .map(set -> set.decision().set().id())
            .distinct()
            .toList(),
        List.of(),
        report.targets().stream().map(RunReports::fact).toList(),
        List.of());
  }

  private static TargetFact fact(PruneBackups.PrunedTarget target) {
    return new TargetFact(
        target.target(),
        target
            .failure()
            .map(Failure::getMessage)
            .or(() -> target.refusal().map(RetentionPlan.Refused::explanation)));
  }

  private static ArtifactFact failed(String name, String why) {
    return new ArtifactFact(name, 0, 0, 0, Optional.of(why));
  }

  private static double seconds(Duration took) {
    return took.toMillis() / MILLIS;
  }
}
