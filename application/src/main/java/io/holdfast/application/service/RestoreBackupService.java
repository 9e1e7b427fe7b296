package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Verifies, plans everything, then restores one artifact after the other. */
final class RestoreBackupService implements RestoreBackup {

  private static final String RESTORE = "restore";

  private final SetReads reads;
  private final SetVerifier verifier;
  private final List<RestoreDestination> destinations;
  private final Codecs codecs;
  private final Recovery recovery;
  private final HostLock hostLock;
  private final BackupEvents events;

  RestoreBackupService(
      SetReads reads,
      SetVerifier verifier,
      List<RestoreDestination> destinations,
      Codecs codecs,
      Recovery recovery,
      HostLock hostLock,
      BackupEvents events) {
    this.reads = reads;
    this.verifier = verifier;
    this.destinations = destinations;
    this.codecs = codecs;
    this.recovery = recovery;
    this.hostLock = hostLock;
    this.events = events;
  }

  @Override
  public Result restore(Request request, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(request.selector(), RESTORE)) {
      return restore(open.set(), request, cancellation);
    }
  }

  private Result restore(StoredSet set, Request request, Cancellation cancellation) {
    Map<String, Checksum> checksums = set.checksums();
    List<Artifact> inSet = set.artifacts(checksums);
    RestoreSelection selection = RestoreSelection.of(set.name(), inSet, request);
    if (request.dryRun()) {
      return planOnly(set, checksums, inSet, selection, request, cancellation);
    }
    HostLock.Held lock = hostLock.acquire(RESTORE);
    try {
      recovery.undoAbandoned(events, cancellation);
      verify(set, checksums, inSet, selection, cancellation);
      List<Planned> plan = plan(set, inSet, selection, request, cancellation);
      requireNoObstacle(plan);
      return new Result(set.name(), set.location(), run(plan, selection, cancellation), true);
    } finally {
      lock.close();
    }
  }

  private Result planOnly(
      StoredSet set,
      Map<String, Checksum> checksums,
      List<Artifact> inSet,
      RestoreSelection selection,
      Request request,
      Cancellation cancellation) {
    verify(set, checksums, inSet, selection, cancellation);
    List<RestoredItem> items = new ArrayList<>();
    for (Planned planned : plan(set, inSet, selection, request, cancellation)) {
      items.add(planned.item(List.of(), Optional.empty()));
    }
    selection.missing().forEach(missing -> items.add(missed(missing)));
    return new Result(set.name(), set.location(), items, false);
  }

  /** What is restored, and the manifest that tells how. */
  private void verify(
      StoredSet set,
      Map<String, Checksum> checksums,
      List<Artifact> inSet,
      RestoreSelection selection,
      Cancellation cancellation) {
    Map<String, Checksum> files = new LinkedHashMap<>();
    Optional.ofNullable(checksums.get(SetLayout.MANIFEST))
        .ifPresent(manifest -> files.put(SetLayout.MANIFEST, manifest));
    long bytes = 0;
    for (StoredArtifact artifact : selection.artifacts()) {
      files.put(artifact.path(), artifact.sha256());
      bytes += artifact.storedBytes();
      RestoreSelection.globalsFor(artifact.id(), inSet)
          .ifPresent(globals -> files.put(globals.path(), globals.sha256()));
    }
    List<FileProblem> problems =
        verifier.verify(set, files, bytes, selection.artifacts(), cancellation);
    if (!problems.isEmpty()) {
      throw damaged(set, problems);
    }
  }

  private static IntegrityFailure damaged(StoredSet set, List<FileProblem> problems) {
    StringBuilder text =
        new StringBuilder("The set " + set.name() + " is damaged; nothing was changed.");
    problems.forEach(p -> text.append("\n  ").append(p.path()).append(": ").append(p.problem()));
    return new IntegrityFailure(
        text.toString(), "Choose another set, or another target that holds this one (--target).");
  }

  private List<Planned> plan(
      StoredSet set,
      List<Artifact> inSet,
      RestoreSelection selection,
      Request request,
      Cancellation cancellation) {
    List<Planned> plan = new ArrayList<>();
    for (StoredArtifact artifact : selection.artifacts()) {
      cancellation.throwIfCancelled();
      String task = "restore " + artifact.id().describe();
      ArtifactContent content =
          StoredContent.of(
              set,
              artifact,
              codecs,
              bytes -> events.on(new BackupEvent.TaskAdvanced(task, bytes)),
              cancellation);
      Optional<ArtifactContent> globals =
          RestoreSelection.globalsFor(artifact.id(), inSet)
              .map(g -> StoredContent.of(set, g, codecs, bytes -> {}, cancellation));
      RestoreItem item =
          new RestoreItem(
              artifact.id(),
              request.as().orElse(artifact.id().name()),
              content,
              globals,
              artifact.origin(),
              request.force(),
              request.tables());
      plan.add(new Planned(task, artifact, item, prepare(item, cancellation)));
    }
    return plan;
  }

  private PreparedRestore prepare(RestoreItem item, Cancellation cancellation) {
    List<RestoreDestination> takers =
        destinations.stream().filter(d -> d.takes(item.id())).toList();
    if (takers.size() != 1) {
      return new NoDestination(item.id(), takers.size());
    }
    try {
      return takers.get(0).prepare(item, cancellation);
    } catch (IOException e) {
      throw unreadable(item.id(), e);
    }
  }

  private static void requireNoObstacle(List<Planned> plan) {
    List<String> problems = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Planned planned : plan) {
      for (Obstacle obstacle : planned.prepared.obstacles()) {
        problems.add(obstacle.problem());
        if (!remedies.contains(obstacle.remedy())) {
          remedies.add(obstacle.remedy());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Nothing was changed. " + String.join("\n  ", problems),
          String.join(" ", remedies));
    }
  }

  /** One that fails does not stop the others: each is whole by itself. */
  private List<RestoredItem> run(
      List<Planned> plan, RestoreSelection selection, Cancellation cancellation) {
    List<RestoredItem> items = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Planned planned : plan) {
      cancellation.throwIfCancelled();
      events.on(
          new BackupEvent.TaskStarted(
              planned.task, OptionalLong.of(planned.artifact.storedBytes())));
      try {
        items.add(planned.item(run(planned, cancellation), Optional.empty()));
      } catch (InterruptedFailure interrupted) {
        throw interrupted;
      } catch (Failure failure) {
        failures.add(failure);
        items.add(planned.item(List.of(), Optional.of(failure.getMessage())));
        events.on(new BackupEvent.Problem(failure.getMessage()));
      } finally {
        events.on(new BackupEvent.TaskEnded(planned.task));
      }
    }
    if (failures.size() == plan.size()) {
      throw failures.get(0);
    }
    selection.missing().forEach(missing -> items.add(missed(missing)));
    return items;
  }

  private static List<String> run(Planned planned, Cancellation cancellation) {
    try {
      return planned.prepared.run(cancellation);
    } catch (IOException e) {
      throw unreadable(planned.item.id(), e);
    }
  }

  private static RestoredItem missed(FailedArtifact missing) {
    return new RestoredItem(
        missing.id(),
        missing.id().name(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of("is not in the set: its backup failed (" + missing.reason() + ")"));
  }

  private static IntegrityFailure unreadable(ArtifactId id, IOException e) {
    return new IntegrityFailure(
        "The " + id.describe() + " cannot be read from the set: " + e.getMessage(),
        "Choose another set, or another target that holds this one (--target).",
        e);
  }

  /** One artifact with its plan. */
  private record Planned(
      String task, StoredArtifact artifact, RestoreItem item, PreparedRestore prepared) {

    RestoredItem item(List<String> warnings, Optional<String> failure) {
      return new RestoredItem(
          item.id(), item.target(), prepared.steps(), prepared.obstacles(), warnings, failure);
    }
  }

  /** There is no configured cluster, or more than one, that an artifact could go to. */
  private record NoDestination(ArtifactId id, int takers) implements PreparedRestore {
    @Override
    public List<String> steps() {
      return List.of();
    }

    @Override
    public List<Obstacle> obstacles() {
      String problem =
          takers == 0
              ? "No configured place takes the " + id.describe() + "."
              : "More than one configured cluster could take the " + id.describe() + ".";
      return List.of(
          new Obstacle(
              problem,
              "Configure the cluster under the name that the set uses, in holdfast.yaml."));
    }

    @Override
    public List<String> run(Cancellation cancellation) {
      throw new IllegalStateException("has an obstacle");
    }
  }
}
