package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.Request;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The steps of a restore: verify, plan everything, run one after the other, compare. */
final class RestoreWork {

  private final SetVerifier verifier;
  private final Codecs codecs;
  private final RestoredEquality equality;
  private final InstantSource clock;
  private final BackupEvents events;

  RestoreWork(SetVerifier verifier, Codecs codecs, InstantSource clock, BackupEvents events) {
    this.verifier = verifier;
    this.codecs = codecs;
    this.equality = new RestoredEquality(codecs, events);
    this.clock = clock;
    this.events = events;
  }

  /** What is restored, and the manifest that tells how. */
  void verify(
      StoredSet set,
      Map<String, Checksum> checksums,
      List<Artifact> inSet,
      RestoreSelection selection,
      List<StoredArtifact> more,
      List<StoredArtifact> toInspect,
      Cancellation cancellation) {
    Map<String, Checksum> files = new LinkedHashMap<>();
    Optional.ofNullable(checksums.get(SetLayout.MANIFEST))
        .ifPresent(manifest -> files.put(SetLayout.MANIFEST, manifest));
    long bytes = 0;
    List<StoredArtifact> chosen = new ArrayList<>(selection.artifacts());
    chosen.addAll(more);
    for (StoredArtifact artifact : chosen) {
      files.put(artifact.path(), artifact.sha256());
      bytes += artifact.storedBytes();
      RestoreSelection.globalsFor(artifact.id(), inSet)
          .ifPresent(globals -> files.put(globals.path(), globals.sha256()));
    }
    List<FileProblem> problems = verifier.verify(set, files, bytes, toInspect, cancellation);
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

  /** Looks at what is there, and plans each artifact by itself. */
  List<Planned> plan(
      StoredSet set,
      List<Artifact> inSet,
      List<StoredArtifact> artifacts,
      Request request,
      List<RestoreDestination> destinations,
      Cancellation cancellation) {
    List<Planned> plan = new ArrayList<>();
    for (StoredArtifact artifact : artifacts) {
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
      plan.add(new Planned(task, artifact, item, prepare(item, destinations, cancellation)));
    }
    return plan;
  }

  /** An artifact's plain bytes. */
  ArtifactContent content(StoredSet set, StoredArtifact artifact, Cancellation cancellation) {
    return StoredContent.of(set, artifact, codecs, bytes -> {}, cancellation);
  }

  private static PreparedRestore prepare(
      RestoreItem item, List<RestoreDestination> destinations, Cancellation cancellation) {
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

  static void requireNoObstacle(List<Planned> plan) {
    requireNone(plan.stream().flatMap(planned -> planned.prepared.obstacles().stream()).toList());
  }

  static void requireNone(List<Obstacle> obstacles) {
    List<String> problems = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Obstacle obstacle : obstacles) {
      problems.add(obstacle.problem());
      if (!remedies.contains(obstacle.remedy())) {
        remedies.add(obstacle.remedy());
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
  List<RestoredItem> run(
      List<Planned> plan, RestoreSelection selection, Cancellation cancellation) {
    List<RestoredItem> items = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Planned planned : plan) {
      items.add(runOne(planned, failures, cancellation));
    }
    if (failures.size() == plan.size()) {
      throw failures.get(0);
    }
    selection.missing().forEach(missing -> items.add(missed(missing)));
    return items;
  }

  /** Runs one; a failure is told and added to the others. */
  RestoredItem runOne(Planned planned, List<Failure> failures, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    Stopwatch watch = stopwatch();
    events.on(
        new BackupEvent.TaskStarted(planned.task, OptionalLong.of(planned.artifact.storedBytes())));
    try {
      return planned.item(run(planned, cancellation), Optional.empty(), watch.time());
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      failures.add(failure);
      events.on(new BackupEvent.Problem(failure.getMessage()));
      return planned.item(List.of(), Optional.of(failure.getMessage()), watch.time());
    } finally {
      events.on(new BackupEvent.TaskEnded(planned.task));
    }
  }

  /** Holds what was restored against the fingerprints of the manifest. */
  List<RestoredItem> check(
      StoredSet set,
      List<Planned> plan,
      List<RestoredItem> items,
      List<RestoreProof> proofs,
      Cancellation cancellation) {
    return items.stream()
        .map(
            item ->
                plan.stream()
                    .filter(planned -> planned.item.id().equals(item.id()))
                    .filter(planned -> item.failure().isEmpty())
                    .findFirst()
                    .map(
                        planned ->
                            item.withCheck(
                                equality.check(
                                    set,
                                    planned.artifact,
                                    planned.item.target(),
                                    proofs,
                                    cancellation)))
                    .orElse(item))
        .toList();
  }

  /** Holds one that was restored against its fingerprint. */
  RestoreBackup.Check check(
      StoredSet set,
      StoredArtifact artifact,
      String restoredAs,
      List<RestoreProof> proofs,
      Cancellation cancellation) {
    return equality.check(set, artifact, restoredAs, proofs, cancellation);
  }

  Stopwatch stopwatch() {
    return new Stopwatch(clock);
  }

  private static List<String> run(Planned planned, Cancellation cancellation) {
    try {
      return planned.prepared.run(cancellation);
    } catch (IOException e) {
      throw unreadable(planned.item.id(), e);
    }
  }

  static RestoredItem missed(FailedArtifact missing) {
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
  record Planned(String task, StoredArtifact artifact, RestoreItem item, PreparedRestore prepared) {

    RestoredItem planOnly() {
      return item(List.of(), Optional.empty(), Duration.ZERO);
    }

    RestoredItem item(List<String> warnings, Optional<String> failure, Duration took) {
      return new RestoredItem(
          item.id(),
          item.target(),
          prepared.steps(),
          prepared.obstacles(),
          warnings,
          failure,
          took,
          Optional.empty());
    }
  }
}
