package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.Check;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.ContainerRecreation.Creation;
import io.holdfast.application.port.out.source.ContainerRecreation.Planned;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Brings a host back: volumes, servers with roles and databases, and then whatever uses them. The
 * first failure ends it: containers that wait for a database that is not there help nobody.
 */
final class HostRecreation {

  private final StoredSet set;
  private final List<Artifact> inSet;
  private final RestoreWork work;
  private final FreshCluster.Opener opener;
  private final RestoreBackup.Request request;
  private final List<RestoreProof> proofs;
  private final BackupEvents events;
  private final List<RestoredItem> items = new ArrayList<>();

  /** What is compared once all is there. */
  private final List<Runnable> checks = new ArrayList<>();

  HostRecreation(
      StoredSet set,
      List<Artifact> inSet,
      RestoreWork work,
      FreshCluster.Opener opener,
      RestoreBackup.Request request,
      List<RestoreProof> proofs,
      BackupEvents events) {
    this.set = set;
    this.inSet = inSet;
    this.work = work;
    this.opener = opener;
    this.request = request;
    this.proofs = proofs;
    this.events = events;
  }

  /** What would be done, in its order. */
  static List<RestoredItem> planned(
      List<RestoreWork.Planned> volumes,
      List<StoredArtifact> databases,
      ContainerRecreation.Plan plan) {
    List<RestoredItem> items = new ArrayList<>();
    volumes.forEach(volume -> items.add(volume.planOnly()));
    plan.servers().forEach(server -> items.add(item(server, Duration.ZERO)));
    for (StoredArtifact database : databases) {
      items.add(
          new RestoredItem(
              database.id(),
              database.id().name(),
              List.of("restore it into the new server"),
              List.of(),
              List.of(),
              Optional.empty()));
    }
    plan.others().forEach(container -> items.add(item(container, Duration.ZERO)));
    return items;
  }

  List<RestoredItem> run(
      List<RestoreWork.Planned> volumes,
      List<StoredArtifact> databases,
      ContainerRecreation.Plan plan,
      Cancellation cancellation) {
    runAll(volumes, proofs, cancellation);
    try (Creation creation = plan.begin()) {
      List<FreshCluster> clusters = new ArrayList<>();
      for (Planned server : plan.servers()) {
        clusters.add(server(server, creation, databases, cancellation));
      }
      for (Planned container : plan.others()) {
        create(container, creation, cancellation);
      }
      // From here on the host may be in use: nothing takes it away any more.
      creation.keep();
      checks.forEach(Runnable::run);
      clusters.forEach(cluster -> handOver(cluster, cancellation));
    } catch (Failure failure) {
      tellOfVolumes();
      throw failure;
    }
    return items;
  }

  private FreshCluster server(
      Planned server,
      Creation creation,
      List<StoredArtifact> databases,
      Cancellation cancellation) {
    create(server, creation, cancellation);
    String name = server.cluster().orElseThrow();
    FreshCluster cluster = opener.open(name, creation.server(server, cancellation));
    cluster.await(cancellation);
    List<RestoreProof> provers = Stream.concat(cluster.proof().stream(), proofs.stream()).toList();
    Optional<StoredArtifact> globals =
        inSet.stream()
            .filter(a -> a instanceof StoredArtifact && a.id().equals(ArtifactId.globals(name)))
            .map(StoredArtifact.class::cast)
            .findFirst();
    globals.ifPresent(artifact -> globals(artifact, cluster, cancellation));
    List<StoredArtifact> own =
        databases.stream()
            .filter(database -> database.id().cluster().equals(Optional.of(name)))
            .toList();
    RestoreBackup.Request replacing =
        new RestoreBackup.Request(
            request.selector(), request.selection(), Optional.empty(), true, false);
    for (StoredArtifact database : own) {
      // One after the other: each is planned with what the one before has brought.
      List<RestoreWork.Planned> plans =
          work.plan(
              set,
              inSet,
              List.of(database),
              replacing,
              List.of(cluster.destination()),
              cancellation);
      RestoreWork.requireNoObstacle(plans);
      runAll(plans, provers, cancellation);
    }
    if (request.check()) {
      globals.ifPresent(
          artifact -> checks.add(() -> checkGlobals(artifact, provers, cancellation)));
    }
    return cluster;
  }

  private void globals(StoredArtifact artifact, FreshCluster cluster, Cancellation cancellation) {
    Stopwatch watch = work.stopwatch();
    List<String> warnings;
    try {
      warnings = cluster.restoreGlobals(work.content(set, artifact, cancellation), cancellation);
    } catch (IOException e) {
      throw new IntegrityFailure(
          "The " + artifact.id().describe() + " cannot be read from the set: " + e.getMessage(),
          "Choose another set, or another target that holds this one (--target).",
          e);
    }
    items.add(
        new RestoredItem(
            artifact.id(),
            artifact.id().name(),
            List.of("restore every role"),
            List.of(),
            warnings,
            Optional.empty(),
            watch.time(),
            Optional.empty()));
  }

  private void checkGlobals(
      StoredArtifact artifact, List<RestoreProof> provers, Cancellation cancellation) {
    Check check = work.check(set, artifact, artifact.id().name(), provers, cancellation);
    items.replaceAll(item -> item.id().equals(artifact.id()) ? item.withCheck(check) : item);
  }

  private void runAll(
      List<RestoreWork.Planned> plans, List<RestoreProof> provers, Cancellation cancellation) {
    for (RestoreWork.Planned planned : plans) {
      List<Failure> failures = new ArrayList<>();
      RestoredItem item = work.runOne(planned, failures, cancellation);
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
      items.add(item);
      if (request.check()) {
        checks.add(() -> check(planned, item, provers, cancellation));
      }
    }
  }

  private void check(
      RestoreWork.Planned planned,
      RestoredItem item,
      List<RestoreProof> provers,
      Cancellation cancellation) {
    RestoredItem checked =
        work.check(set, List.of(planned), List.of(item), provers, cancellation).get(0);
    items.replaceAll(each -> each.equals(item) ? checked : each);
  }

  /** The host is back; that a password is not is told. */
  private void handOver(FreshCluster cluster, Cancellation cancellation) {
    try {
      cluster.handOver(cancellation).forEach(this::warn);
    } catch (SourceFailure failure) {
      warn(failure.getMessage());
    }
  }

  private void create(Planned container, Creation creation, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    Stopwatch watch = work.stopwatch();
    String task = "make container " + container.name();
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.empty()));
    try {
      creation.create(container, cancellation);
      items.add(item(container, watch.time()));
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private static RestoredItem item(Planned container, Duration took) {
    return new RestoredItem(
        ArtifactId.container(container.name()),
        container.name(),
        container.steps(),
        List.of(),
        container.notes(),
        Optional.empty(),
        took,
        Optional.empty());
  }

  private void warn(String warning) {
    events.on(new BackupEvent.Warning(warning));
  }

  private void tellOfVolumes() {
    List<String> restored =
        items.stream()
            .filter(item -> item.id().kind() == ArtifactKind.VOLUME)
            .map(RestoredItem::target)
            .toList();
    if (!restored.isEmpty()) {
      warn(
          "What was made is removed but for the restored volumes, which are whole: "
              + String.join(", ", restored)
              + ". With --force the next attempt replaces them.");
    }
  }
}
