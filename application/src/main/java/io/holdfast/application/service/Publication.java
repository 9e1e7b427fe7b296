package io.holdfast.application.service;

import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.catalog.RepositoryReadme;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Makes a set visible, step by step on all targets at once: the guide, the manifest, the checksums.
 * The manifest comes so late that what it says of the targets can only be wrong about one that
 * fails at it or at the checksums.
 */
final class Publication {

  private final LockedTargets locked;
  private final Map<String, ClusterAddress> clusters;
  private final Optional<Pin> pin;

  /**
   * @param pin what the set is pinned with
   */
  Publication(LockedTargets locked, Map<String, ClusterAddress> clusters, Optional<Pin> pin) {
    this.locked = locked;
    this.clusters = clusters;
    this.pin = pin;
  }

  /**
   * Publishes on every target that is still in the run and locked for it.
   *
   * @param manifest the set's; what it says of targets is replaced
   * @return the manifest as it is published
   * @throws StorageFailure when no target took the set
   */
  Manifest publish(Manifest manifest) {
    everywhere(
        run -> {
          RepositoryReadme.ensure(run.target().store());
          run.draft().writeGuide(manifest, clusters);
        });
    Manifest told = manifest.withTargets(targets());
    everywhere(run -> run.draft().writeManifest(told));
    pin.ifPresent(given -> everywhere(run -> run.draft().pin(given)));
    everywhere(run -> run.draft().publish(run.lock()));
    return told;
  }

  private void everywhere(Consumer<TargetRun> step) {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (TargetRun run : locked.runs()) {
      if (run.isAlive()) {
        work.add(() -> attempt(run, step));
      }
    }
    BoundedWork.run(work.size(), work);
    locked.requireOne();
  }

  private static boolean attempt(TargetRun run, Consumer<TargetRun> step) {
    try {
      step.accept(run);
    } catch (BusyFailure | StorageFailure failure) {
      run.fail(failure);
    }
    return run.isAlive();
  }

  private List<ManifestTarget> targets() {
    return locked.runs().stream()
        .map(run -> new ManifestTarget(run.target().name(), run.failure().map(Failure::getMessage)))
        .toList();
  }
}
