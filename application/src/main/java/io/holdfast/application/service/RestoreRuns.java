package io.holdfast.application.service;

import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.Measurement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The restores that this host remembers, as measurements. A run tells what it restored and not how
 * much that was; the set's manifest does, where it is still there.
 */
final class RestoreRuns {

  private RestoreRuns() {}

  static List<Measurement> measurements(List<Run> runs, List<Manifest> sets) {
    Map<SetId, Manifest> byId = new HashMap<>();
    sets.forEach(set -> byId.putIfAbsent(set.id(), set));
    return runs.stream()
        .filter(run -> run.kind() == RunKind.RESTORE && run.came(RunOutcome.SUCCEEDED))
        .flatMap(run -> measured(run, byId).stream())
        .toList();
  }

  private static Optional<Measurement> measured(Run run, Map<SetId, Manifest> byId) {
    RunFacts facts = run.ending().map(RunEnding::facts).orElse(RunFacts.NONE);
    Set<String> restored =
        facts.artifacts().stream().map(ArtifactFact::name).collect(Collectors.toSet());
    return facts.sets().stream()
        .findFirst()
        .map(byId::get)
        .map(
            set ->
                new Measurement(
                    run.started(),
                    Measurement.Source.RESTORE,
                    set.id(),
                    run.took().orElse(Duration.ZERO),
                    bytes(set, restored)))
        .filter(measurement -> measurement.bytes() > 0);
  }

  private static long bytes(Manifest set, Set<String> names) {
    return set.stored()
        .filter(artifact -> names.contains(artifact.id().describe()))
        .mapToLong(StoredArtifact::storedBytes)
        .sum();
  }
}
