package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** The moments that the sources of a plan have fixed, until they are let go. */
final class FixedSources implements AutoCloseable {

  /** Each waits for a server most of the time. */
  private static final int AT_ONCE = 8;

  private final Map<ArtifactSource, FixedMoment> moments = new LinkedHashMap<>();
  private final Map<ArtifactSource, Failure> failures = new LinkedHashMap<>();
  private final List<Failure> left = new ArrayList<>();

  /**
   * Has every source fix what it exports, beside each other. One that cannot does not stop the
   * others.
   *
   * @throws InterruptedFailure when cancelled; what was fixed is let go by {@link #close}
   */
  void fix(List<BackupPlan.Item> items, Cancellation cancellation) {
    Map<ArtifactSource, List<ArtifactSpec>> bySource =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    BackupPlan.Item::source,
                    LinkedHashMap::new,
                    Collectors.mapping(BackupPlan.Item::spec, Collectors.toList())));
    List<Callable<Boolean>> work = new ArrayList<>();
    bySource.forEach((source, specs) -> work.add(() -> fix(source, specs, cancellation)));
    BoundedWork.run(AT_ONCE, work);
  }

  private boolean fix(ArtifactSource source, List<ArtifactSpec> specs, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    try {
      FixedMoment moment = source.fix(specs, cancellation);
      synchronized (this) {
        moments.put(source, moment);
      }
      return true;
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      synchronized (this) {
        failures.put(source, failure);
      }
      return false;
    }
  }

  /** Why a source could not. */
  synchronized Optional<String> problem(ArtifactSource source) {
    return Optional.ofNullable(failures.get(source)).map(BackupPlan::reason);
  }

  /** What does not change any more. */
  synchronized Set<ArtifactId> frozen() {
    return moments.values().stream()
        .flatMap(moment -> moment.frozen().stream())
        .collect(Collectors.toSet());
  }

  /** The clusters' snapshots, in the order of the sources. */
  synchronized List<ClusterCut> clusters(List<ArtifactSource> sources) {
    return sources.stream()
        .flatMap(source -> Optional.ofNullable(moments.get(source)).stream())
        .flatMap(moment -> moment.cluster().stream())
        .toList();
  }

  synchronized List<String> remarks() {
    return moments.values().stream().flatMap(moment -> moment.remarks().stream()).toList();
  }

  /** What a moment that was let go left behind, why, and what to do. */
  synchronized List<String> leftBehind() {
    return left.stream().map(BackupPlan::reason).toList();
  }

  /** May be called again: what stayed behind is tried again. */
  @Override
  public synchronized void close() {
    left.clear();
    for (FixedMoment moment : moments.values()) {
      try {
        moment.close();
      } catch (Failure failure) {
        left.add(failure);
      }
    }
  }
}
