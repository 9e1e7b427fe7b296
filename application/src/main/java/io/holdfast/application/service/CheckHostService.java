package io.holdfast.application.service;

import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Undoes what killed runs left, then looks at every source and target. */
final class CheckHostService implements CheckHost {

  private final Recovery recovery;
  private final List<HealthProbe> probes;
  private final Supplier<List<TargetCheck>> targets;
  private final int quorum;

  CheckHostService(
      Recovery recovery,
      List<HealthProbe> probes,
      Supplier<List<TargetCheck>> targets,
      int quorum) {
    this.recovery = recovery;
    this.probes = probes;
    this.targets = targets;
    this.quorum = quorum;
  }

  @Override
  public List<CheckedPart> check(Cancellation cancellation) {
    List<CheckedPart> parts = new ArrayList<>();
    parts.add(new CheckedPart(Part.RECOVERY, recovery.undoAbandoned(cancellation)));
    List<Finding> sources = new ArrayList<>();
    for (HealthProbe probe : probes) {
      cancellation.throwIfCancelled();
      sources.addAll(probe.probe(cancellation));
    }
    parts.add(new CheckedPart(Part.SOURCES, sources));
    List<Finding> storage = new ArrayList<>();
    List<Finding> optional = new ArrayList<>();
    List<TargetCheck> checks = targets.get();
    int working = 0;
    for (TargetCheck target : checks) {
      cancellation.throwIfCancelled();
      List<Finding> found = target.look(cancellation);
      (target.isRequired() ? storage : optional).addAll(found);
      working += found.stream().noneMatch(CheckHostService::isFailed) ? 1 : 0;
    }
    if (quorum > 1 || storage.stream().noneMatch(CheckHostService::isFailed)) {
      quorumFinding(working, checks.size()).ifPresent(storage::add);
    }
    parts.add(new CheckedPart(Part.STORAGE, storage));
    if (!optional.isEmpty()) {
      parts.add(new CheckedPart(Part.OPTIONAL_STORAGE, optional));
    }
    return parts;
  }

  private static boolean isFailed(Finding finding) {
    return finding.level() == Level.FAILED;
  }

  private Optional<Finding> quorumFinding(int working, int all) {
    if (working >= quorum) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "quorum",
            Level.FAILED,
            working + " of " + all + " targets can take a set, and " + quorum + " have to",
            "Mend the targets that failed."));
  }
}
