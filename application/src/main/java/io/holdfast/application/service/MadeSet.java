package io.holdfast.application.service;

import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A set that this host remembers to have made, whether it is still there or not. */
record MadeSet(SetId id, Run run, RunFacts facts) {

  /** Those that a target took. */
  static List<MadeSet> in(List<Run> runs, String target) {
    return runs.stream()
        .filter(
            run ->
                run.kind() == RunKind.BACKUP
                    && (run.came(RunOutcome.SUCCEEDED) || run.came(RunOutcome.PARTIAL)))
        .map(run -> new Made(run, run.ending().map(RunEnding::facts).orElse(RunFacts.NONE)))
        .filter(
            made ->
                made.facts.targets().stream()
                    .anyMatch(fact -> fact.name().equals(target) && fact.failure().isEmpty()))
        .flatMap(
            made -> made.facts.sets().stream().map(id -> new MadeSet(id, made.run, made.facts)))
        .toList();
  }

  private record Made(Run run, RunFacts facts) {}

  /**
   * What the host could be brought back to by it. A journal of a version that did not tell the
   * kinds that a set holds all of leaves it open whether a few names alone were asked for: a set
   * with less than half of what another one holds is taken for such, else for one like that.
   *
   * @param like the other one
   * @param names of what that one holds
   */
  Optional<PastLook.Point> point(PastLook.Point like, Set<String> names) {
    if (!run.came(RunOutcome.SUCCEEDED) || (facts.whole().isEmpty() && !hasMostOf(names))) {
      return Optional.empty();
    }
    return Optional.of(
        like.at(
            id,
            run.ending().map(RunEnding::finished).orElse(run.started()),
            facts.whole().map(whole -> new SetScope(whole.bytes().keySet(), List.of()))));
  }

  private boolean hasMostOf(Set<String> names) {
    Set<String> stored =
        facts.artifacts().stream()
            .filter(fact -> fact.failure().isEmpty())
            .map(ArtifactFact::name)
            .collect(Collectors.toSet());
    return 2 * names.stream().filter(stored::contains).count() >= names.size();
  }

  PastSet asPast() {
    int stored = (int) facts.artifacts().stream().filter(f -> f.failure().isEmpty()).count();
    return new PastSet(
        id,
        PastState.DELETED,
        facts.artifacts().stream().mapToLong(ArtifactFact::storedBytes).sum(),
        stored,
        facts.artifacts().size() - stored,
        run.took(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
