package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.stream.ArtifactPipeline;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Stores the artifacts of a plan as of one moment, so many at a time. One that fails does not stop
 * the others.
 */
final class ArtifactRuns {

  private final ArtifactPipeline pipeline;
  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final BackupEvents events;

  ArtifactRuns(
      ArtifactPipeline pipeline,
      UseCases.Host host,
      UseCases.Sources sources,
      BackupEvents events) {
    this.pipeline = pipeline;
    this.host = host;
    this.sources = sources;
    this.events = events;
  }

  /**
   * Stores all of it. The containers of the plan are held, the sources fix their moment, and the
   * containers go on as soon as nothing is read any more that they could change.
   *
   * @throws InterruptedFailure when cancelled, or when no target is left
   */
  CutArtifacts run(BackupPlan plan, List<TargetRun> targets, Cancellation cancellation) {
    try (Cancellation.Child child = cancellation.child();
        OneMoment moment = new OneMoment(plan, host, sources, events)) {
      moment.begin(child.scope());
      List<Callable<Artifact>> work = new ArrayList<>();
      for (BackupPlan.Item item : plan.items()) {
        work.add(() -> run(item, moment, targets, child.scope()));
      }
      return moment.end(BoundedWork.run(host.jobs(), work));
    }
  }

  private Artifact run(
      BackupPlan.Item item, OneMoment moment, List<TargetRun> targets, Cancellation scope) {
    try {
      scope.throwIfCancelled();
      Optional<String> problem = moment.problem(item);
      if (problem.isPresent()) {
        return failed(item.spec().id(), problem.get());
      }
      moment.begins(item);
      return store(item, targets, scope);
    } finally {
      moment.ended(item);
      if (targets.stream().noneMatch(TargetRun::isAlive)) {
        scope.cancel();
      }
    }
  }

  private Artifact store(BackupPlan.Item item, List<TargetRun> targets, Cancellation scope) {
    ArtifactId id = item.spec().id();
    String task = "backup " + id.describe();
    String path = SetLayout.pathOf(id, item.spec().encoding(), sources.clusters().size() > 1);
    events.on(new BackupEvent.TaskStarted(task, item.spec().estimatedBytes()));
    try {
      StoredArtifact stored =
          pipeline.store(
              item.source(),
              item.spec(),
              path,
              targets,
              bytes -> events.on(new BackupEvent.TaskAdvanced(task, bytes)),
              scope);
      events.on(new BackupEvent.ArtifactStored(stored));
      stored.warnings().forEach(w -> events.on(new BackupEvent.Warning(id.describe() + ": " + w)));
      return stored;
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      return failed(id, failure.getMessage());
    } catch (IOException e) {
      return failed(id, String.valueOf(e.getMessage()));
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private FailedArtifact failed(ArtifactId id, String reason) {
    events.on(new BackupEvent.Problem(id.describe() + " failed: " + reason));
    return new FailedArtifact(id, reason);
  }
}
