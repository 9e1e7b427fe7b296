package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One drill of one set: verifies, restores, compares, asserts, and clears away. */
final class DrillRun {

  private static final String LOCAL_DRIVER = "local";

  private final UseCases.DrillGround ground;
  private final SetVerifier verifier;
  private final Codecs codecs;
  private final BackupEvents events;
  private final DrillTimes times;
  private final DrillFindings findings;
  private final StoredSet set;
  private final DrillPlan plan;
  private final DrillSite site;

  DrillRun(
      UseCases.DrillGround ground,
      SetVerifier verifier,
      Codecs codecs,
      BackupEvents events,
      DrillTimes times,
      DrillFindings findings,
      StoredSet set,
      DrillPlan plan) {
    this.ground = ground;
    this.verifier = verifier;
    this.codecs = codecs;
    this.events = events;
    this.times = times;
    this.findings = findings;
    this.set = set;
    this.plan = plan;
    this.site = new DrillSite(ground, plan, findings);
  }

  /** How many databases and volumes came back. */
  int restored(ArtifactKind kind) {
    return (int) plan.all().stream().filter(a -> a.id().kind() == kind && site.has(a.id())).count();
  }

  /** Leaves nothing behind, whatever becomes of it. */
  void run(Map<String, Checksum> checksums, Cancellation cancellation) {
    boolean ready =
        findings.attempt(
                "", () -> times.waited("verify", done(() -> verify(checksums, cancellation))))
            && findings.attempt("", () -> times.aside("look", done(() -> site.look(cancellation))));
    if (!ready) {
      return;
    }
    try {
      boolean started =
          findings.attempt(
              "", () -> times.waited("start servers", done(() -> start(cancellation))));
      if (started) {
        restore(cancellation);
        compare(cancellation);
        DrillAssertions assertions = new DrillAssertions(ground, set.name(), plan, site, findings);
        times.aside("assertions", done(() -> assertions.run(cancellation)));
      }
    } finally {
      times.aside("clean up", done(site::clear));
    }
  }

  private static Supplier<Boolean> done(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  private void verify(Map<String, Checksum> checksums, Cancellation cancellation) {
    Map<String, Checksum> files = new LinkedHashMap<>();
    Optional.ofNullable(checksums.get(SetLayout.MANIFEST))
        .ifPresent(manifest -> files.put(SetLayout.MANIFEST, manifest));
    for (StoredArtifact artifact : plan.all()) {
      files.put(artifact.path(), artifact.sha256());
      artifact.listing().ifPresent(listing -> files.put(listing.path(), listing.sha256()));
    }
    if (plan.whole()) {
      files.putAll(checksums);
    }
    List<FileProblem> problems =
        verifier.verify(set, files, plan.storedBytes(), List.of(), cancellation);
    if (!problems.isEmpty()) {
      throw new IntegrityFailure(
          "The set "
              + set.name()
              + " is damaged: "
              + problems.stream()
                  .map(problem -> problem.path() + ": " + problem.problem())
                  .collect(Collectors.joining("; ")),
          "Drill the copy on another target (--target), and copy the set anew from there.");
    }
  }

  private void start(Cancellation cancellation) {
    site.described().forEach(line -> events.on(new BackupEvent.Note("drill: " + line)));
    site.start(artifact -> content(artifact, "", cancellation), cancellation);
  }

  private void restore(Cancellation cancellation) {
    for (StoredArtifact globals : plan.globals()) {
      part("restore ", globals, () -> roles(globals, cancellation));
    }
    for (StoredArtifact database : plan.databases()) {
      RestoreDestination cluster = site.cluster(database.id()).destination();
      part(
          "restore ",
          database,
          () -> restore(database, database.id().name(), database.origin(), cluster, cancellation));
    }
    for (StoredArtifact volume : plan.volumes()) {
      // Without the source's options: one that is bound to a folder would be restored into it.
      ArtifactOrigin scratch =
          new ArtifactOrigin.FromVolume(LOCAL_DRIVER, site.volumeLabels(), Map.of());
      part(
          "restore ",
          volume,
          () ->
              restore(
                  volume,
                  site.volumeName(volume.id()),
                  scratch,
                  ground.volumeDestination(),
                  cancellation));
    }
  }

  private void part(String doing, StoredArtifact artifact, Runnable work) {
    String name = artifact.id().describe();
    boolean well = findings.attempt(name, () -> times.waited(doing + name, done(work)));
    if (well) {
      site.came(artifact.id());
    }
  }

  private void roles(StoredArtifact globals, Cancellation cancellation) {
    try {
      site.cluster(globals.id())
          .createRoles(content(globals, "", cancellation), cancellation)
          .forEach(warning -> findings.warn(globals.id().describe() + ": " + warning));
    } catch (IOException e) {
      throw unreadable(globals.id(), e);
    }
  }

  private void restore(
      StoredArtifact artifact,
      String name,
      ArtifactOrigin origin,
      RestoreDestination destination,
      Cancellation cancellation) {
    String task = "restore " + artifact.id().describe();
    Optional<ArtifactContent> globals =
        artifact.id().kind() == ArtifactKind.DATABASE
            ? plan.globalsOf(plan.clusterOf(artifact.id()))
                .map(found -> content(found, "", cancellation))
            : Optional.empty();
    RestoreItem item =
        new RestoreItem(
            artifact.id(), name, content(artifact, task, cancellation), globals, origin, true);
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.of(artifact.storedBytes())));
    try {
      PreparedRestore prepared = destination.prepare(item, cancellation);
      if (!prepared.obstacles().isEmpty()) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            prepared.obstacles().stream()
                .map(PreparedRestore.Obstacle::problem)
                .collect(Collectors.joining(" ")),
            prepared.obstacles().stream()
                .map(PreparedRestore.Obstacle::remedy)
                .distinct()
                .collect(Collectors.joining(" ")));
      }
      prepared
          .run(cancellation)
          .forEach(warning -> findings.warn(artifact.id().describe() + ": " + warning));
    } catch (IOException e) {
      throw unreadable(artifact.id(), e);
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private void compare(Cancellation cancellation) {
    DrillComparison comparison = new DrillComparison(ground, site, findings, this::listing);
    for (StoredArtifact artifact : plan.all()) {
      cancellation.throwIfCancelled();
      String name = artifact.id().describe();
      findings.attempt(
          name,
          () ->
              times.aside(
                  "compare " + name, done(() -> comparison.compare(artifact, cancellation))));
    }
  }

  private ArtifactContent listing(Listing listing, Cancellation cancellation) {
    return StoredContent.of(set, listing, codecs, cancellation);
  }

  /**
   * @param task what is told of the progress of reading it; empty for nothing
   */
  private ArtifactContent content(StoredArtifact artifact, String task, Cancellation cancellation) {
    return StoredContent.of(
        set,
        artifact,
        codecs,
        bytes -> {
          if (!task.isEmpty()) {
            events.on(new BackupEvent.TaskAdvanced(task, bytes));
          }
        },
        cancellation);
  }

  static IntegrityFailure unreadable(ArtifactId id, IOException e) {
    return new IntegrityFailure(
        "The " + id.describe() + " cannot be read from the set: " + e.getMessage(),
        "Drill the copy on another target (--target).",
        e);
  }
}
