package io.holdfast.application.service;

import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Undoes what killed runs left, then looks at every source and target. */
final class CheckHostService implements CheckHost {

  private final Recovery recovery;
  private final List<HealthProbe> probes;
  private final Supplier<List<TargetCheck>> targets;

  CheckHostService(
      Recovery recovery, List<HealthProbe> probes, Supplier<List<TargetCheck>> targets) {
    this.recovery = recovery;
    this.probes = probes;
    this.targets = targets;
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
    for (TargetCheck target : targets.get()) {
      cancellation.throwIfCancelled();
      storage.addAll(target.look(cancellation));
    }
    parts.add(new CheckedPart(Part.STORAGE, storage));
    return parts;
  }
}
