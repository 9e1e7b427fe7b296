package io.holdfast.application.service;

import io.holdfast.application.catalog.Fence;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.stream.ArtifactPipeline;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.trend.SetComparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes one set: locks the targets, plans, stores every artifact, publishes. */
final class CreateBackupService implements CreateBackup {

  /** A Ctrl-C reaches our children a moment before it reaches us. */
  private static final long SIGNAL_GRACE_MILLIS = 300;

  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final UseCases.Storage storage;
  private final ArtifactPipeline pipeline;
  private final Recovery recovery;
  private final TargetLocker targetLocker;
  private final BackupEvents events;

  CreateBackupService(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Storage storage,
      ArtifactPipeline pipeline,
      Recovery recovery,
      TargetLocker targetLocker,
      BackupEvents events) {
    this.host = host;
    this.sources = sources;
    this.storage = storage;
    this.pipeline = pipeline;
    this.recovery = recovery;
    this.targetLocker = targetLocker;
    this.events = events;
  }

  @Override
  public Result create(Request request, Cancellation cancellation) {
    recovery.undoAbandoned(events, cancellation);
    LockedTargets.Locker locker =
        new LockedTargets.Locker(storage.catalogs(host.name()), targetLocker, host.clock(), events);
    Optional<Result> result = Optional.empty();
    try (LockedTargets locked = locker.lock(request.waitForLock(), cancellation)) {
      try {
        result = Optional.of(create(request, locked, cancellation));
      } finally {
        abandon(locked.runs(), result);
      }
    }
    return new EarlierSets(storage.catalogs(host.name()), sources.wanted())
        .compare(result.orElseThrow());
  }

  private Result create(Request request, LockedTargets locked, Cancellation cancellation) {
    Instant started = host.clock().instant();
    BackupPlan plan = BackupPlan.of(sources.sources(), request.selection(), cancellation);
    plan.warnings().forEach(w -> events.on(new BackupEvent.Warning(w)));
    List<FailedArtifact> planned = plan.failures();
    planned.forEach(
        f -> events.on(new BackupEvent.Problem(f.id().describe() + " failed: " + f.reason())));
    List<Artifact> artifacts = new ArrayList<>(planned);
    CutArtifacts stored = store(plan, locked, cancellation);
    artifacts.addAll(0, stored.artifacts());
    settle(artifacts, cancellation);
    locked.confirm();
    leaveLost(locked);
    locked.requireOne();
    requireData(artifacts);
    Manifest manifest =
        new Publication(locked, sources.clusters(), request.pin().map(this::pin))
            .publish(manifest(request, started, locked, artifacts, stored.cut()));
    List<String> warnings =
        Stream.concat(plan.warnings().stream(), stored.warnings().stream()).toList();
    return new Result(
        manifest,
        outcomes(locked),
        storage.quorum(),
        warnings,
        SetComparison.NONE,
        stored.doubts());
  }

  private Pin pin(String reason) {
    return new Pin(Optional.of(reason), host.clock().instant(), host.name());
  }

  private CutArtifacts store(BackupPlan plan, LockedTargets locked, Cancellation cancellation) {
    try {
      return new ArtifactRuns(pipeline, host, sources, events)
          .run(plan, locked.runs(), cancellation);
    } catch (InterruptedFailure interrupted) {
      cancellation.throwIfCancelled();
      locked.requireOne();
      throw interrupted;
    }
  }

  private static void settle(List<Artifact> artifacts, Cancellation cancellation) {
    if (artifacts.stream().anyMatch(FailedArtifact.class::isInstance)) {
      cancellation.awaitCancelled(SIGNAL_GRACE_MILLIS);
    }
    cancellation.throwIfCancelled();
  }

  /** A set of nothing but what goes with databases and volumes is no backup of them. */
  private static void requireData(List<Artifact> artifacts) {
    boolean meant = BackupPlan.holdsData(artifacts.stream().map(Artifact::id));
    boolean stored =
        BackupPlan.holdsData(
            artifacts.stream().filter(StoredArtifact.class::isInstance).map(Artifact::id));
    boolean any = artifacts.stream().anyMatch(StoredArtifact.class::isInstance);
    if (any && (stored || !meant)) {
      return;
    }
    StringBuilder text = new StringBuilder("Nothing could be backed up; there is no set.");
    artifacts.stream()
        .filter(FailedArtifact.class::isInstance)
        .map(FailedArtifact.class::cast)
        .forEach(
            f -> text.append("\n  ").append(f.id().describe()).append(": ").append(f.reason()));
    throw new SourceFailure(
        FailureKind.SOURCE, text.toString(), "Run holdfast check to see what is in the way.");
  }

  private Manifest manifest(
      Request request, Instant started, LockedTargets locked, List<Artifact> artifacts, Cut cut) {
    boolean partial = artifacts.stream().anyMatch(FailedArtifact.class::isInstance);
    return new Manifest(
        FormatVersion.CURRENT,
        locked.id(),
        host.name(),
        host.toolVersion(),
        started,
        host.clock().instant(),
        partial ? SetStatus.PARTIAL : SetStatus.COMPLETE,
        request.tag(),
        request.note(),
        artifacts,
        List.of(),
        Optional.of(new SetScope(request.selection().kinds(), request.selection().only())),
        Optional.of(cut));
  }

  private static List<TargetOutcome> outcomes(LockedTargets locked) {
    return locked.runs().stream()
        .map(
            run ->
                new TargetOutcome(
                    run.target().name(),
                    run.target().store().location() + "/" + locked.id(),
                    run.target().required(),
                    run.failure().map(Failure::getMessage),
                    run.failure().map(Failure::hint).orElse("")))
        .toList();
  }

  /**
   * Takes back what is on targets whose lock is lost while the set is visible nowhere: later
   * somebody else may be copying it there.
   */
  private void leaveLost(LockedTargets locked) {
    locked.runs().stream()
        .filter(run -> run.failure().filter(BusyFailure.class::isInstance).isPresent())
        .forEach(run -> abandon(run, () -> {}));
  }

  /** Takes back what is on targets that are not told to hold the set. */
  private void abandon(List<TargetRun> runs, Optional<Result> result) {
    for (TargetRun run : runs) {
      if (result.isEmpty()) {
        abandon(run, () -> {});
      } else if (!result.get().isStoredOn(run.target().name())) {
        abandon(run, run.lock());
      }
    }
  }

  /** What cannot be taken back is told. */
  private void abandon(TargetRun run, Fence fence) {
    try {
      run.draft().abandon(fence);
    } catch (Failure failure) {
      events.on(
          new BackupEvent.Warning(
              "What was written to target "
                  + run.target().name()
                  + " could not be removed: "
                  + failure.getMessage()
                  + " holdfast list shows what is left."));
    }
  }
}
