package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.Hold;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Stores the artifacts of a plan, so many at a time. One that fails does not stop the others. */
final class ArtifactRuns {

  private final ArtifactPipeline pipeline;
  private final Hold hold;
  private final BackupEvents events;
  private final int jobs;
  private final boolean clusterFolders;

  /**
   * @param clusterFolders true when more than one cluster is configured
   */
  ArtifactRuns(
      ArtifactPipeline pipeline, Hold hold, BackupEvents events, int jobs, boolean clusterFolders) {
    this.pipeline = pipeline;
    this.hold = hold;
    this.events = events;
    this.jobs = jobs;
    this.clusterFolders = clusterFolders;
  }

  /**
   * Stores all of it. The containers of the plan are held from the first artifact that needs it to
   * the end of the last one.
   *
   * @return what became of each, in the plan's order
   * @throws InterruptedFailure when cancelled, or when no target is left
   */
  List<Artifact> run(BackupPlan plan, List<TargetRun> targets, Cancellation cancellation) {
    HeldContainers held = new HeldContainers(plan);
    try (Cancellation.Child child = cancellation.child()) {
      List<Callable<Artifact>> work = new ArrayList<>();
      for (BackupPlan.Item item : plan.items()) {
        work.add(() -> run(item, targets, held, child.scope()));
      }
      held.begin(child.scope());
      List<Artifact> artifacts = new ArrayList<>(BoundedWork.run(jobs, work));
      held.end();
      artifacts.addAll(held.failures);
      return artifacts;
    } finally {
      held.end();
    }
  }

  private Artifact run(
      BackupPlan.Item item, List<TargetRun> targets, HeldContainers held, Cancellation scope) {
    try {
      scope.throwIfCancelled();
      Optional<String> unheld = item.spec().holds().isEmpty() ? Optional.empty() : held.problem;
      return unheld.isPresent()
          ? failed(item.spec().id(), unheld.get())
          : store(item, targets, scope);
    } finally {
      held.ended(item);
      if (targets.stream().noneMatch(TargetRun::isAlive)) {
        scope.cancel();
      }
    }
  }

  private Artifact store(BackupPlan.Item item, List<TargetRun> targets, Cancellation scope) {
    ArtifactId id = item.spec().id();
    String task = "backup " + id.describe();
    String path = SetLayout.pathOf(id, item.spec().encoding(), clusterFolders);
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

  /** The containers of a plan, from before its first artifact that needs them held to its last. */
  private final class HeldContainers {
    private final BackupPlan plan;
    private final AtomicInteger left;
    private final List<FailedArtifact> failures = new ArrayList<>();
    private Optional<Hold.Held> held = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();

    private HeldContainers(BackupPlan plan) {
      this.plan = plan;
      this.left =
          new AtomicInteger(
              (int) plan.items().stream().filter(i -> !i.spec().holds().isEmpty()).count());
    }

    private void begin(Cancellation cancellation) {
      if (left.get() == 0) {
        return;
      }
      try {
        synchronized (this) {
          held = Optional.of(hold.hold(plan.holds(), cancellation));
        }
        events.on(new BackupEvent.Note("Holding " + String.join(", ", plan.holds()) + "."));
      } catch (InterruptedFailure interrupted) {
        throw interrupted;
      } catch (Failure failure) {
        problem = Optional.of("its containers cannot be held still: " + failure.getMessage());
      }
    }

    private void ended(BackupPlan.Item item) {
      if (!item.spec().holds().isEmpty() && left.decrementAndGet() == 0) {
        end();
      }
    }

    /** May be called again. A container that does not go on makes the set PARTIAL, and is named. */
    private synchronized void end() {
      if (held.isEmpty()) {
        return;
      }
      Hold.Held ending = held.get();
      held = Optional.empty();
      try {
        ending.close();
      } catch (Failure failure) {
        plan.holds()
            .forEach(
                name ->
                    failures.add(
                        failed(
                            ArtifactId.container(name),
                            "could not be released: " + failure.getMessage())));
      }
    }
  }
}
