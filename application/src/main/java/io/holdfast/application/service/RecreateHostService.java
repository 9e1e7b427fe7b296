package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.ContainerRecreation.Described;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Verifies a set, looks for what is in the way, and has a {@link HostRecreation} carry it out. */
final class RecreateHostService implements RecreateHost {

  private static final String RESTORE = "restore";

  private final SetReads reads;
  private final RestoreWork work;
  private final List<RestoreDestination> destinations;
  private final List<RestoreProof> proofs;
  private final ContainerRecreation containers;
  private final FreshCluster.Opener opener;
  private final Recovery recovery;
  private final HostLock hostLock;
  private final BackupEvents events;

  RecreateHostService(
      SetReads reads,
      RestoreWork work,
      List<RestoreDestination> destinations,
      List<RestoreProof> proofs,
      ContainerRecreation containers,
      FreshCluster.Opener opener,
      Recovery recovery,
      HostLock hostLock,
      BackupEvents events) {
    this.reads = reads;
    this.work = work;
    this.destinations = destinations;
    this.proofs = proofs;
    this.containers = containers;
    this.opener = opener;
    this.recovery = recovery;
    this.hostLock = hostLock;
    this.events = events;
  }

  @Override
  public RestoreBackup.Result recreate(
      RestoreBackup.Request request,
      ContainerRecreation.Secrets secrets,
      Cancellation cancellation) {
    try (SetReads.Open open = reads.open(request.selector(), RESTORE)) {
      StoredSet set = open.set();
      Map<String, Checksum> checksums = set.checksums();
      List<Artifact> inSet = set.artifacts(checksums);
      RestoreSelection selection = RestoreSelection.of(set.name(), inSet, request);
      if (request.dryRun()) {
        return recreate(set, checksums, inSet, selection, request, secrets, cancellation);
      }
      HostLock.Held lock = hostLock.acquire(RESTORE);
      try {
        recovery.undoAbandoned(events, cancellation);
        return recreate(set, checksums, inSet, selection, request, secrets, cancellation);
      } finally {
        lock.close();
      }
    }
  }

  private RestoreBackup.Result recreate(
      StoredSet set,
      Map<String, Checksum> checksums,
      List<Artifact> inSet,
      RestoreSelection selection,
      RestoreBackup.Request request,
      ContainerRecreation.Secrets secrets,
      Cancellation cancellation) {
    Stopwatch whole = work.stopwatch();
    List<StoredArtifact> described = stored(inSet, ArtifactKind.CONTAINER);
    if (described.isEmpty()) {
      throw new IntegrityFailure(
          "The set " + set.name() + " tells of no container.",
          "Restore its databases and volumes without --recreate-containers.");
    }
    List<StoredArtifact> volumes = of(selection.artifacts(), ArtifactKind.VOLUME);
    // A bare machine has nothing yet that reads a dump; its bytes are compared all the same.
    work.verify(set, checksums, inSet, selection, described, volumes, cancellation);
    Duration verifying = whole.time();
    List<RestoreWork.Planned> volumePlans =
        work.plan(set, inSet, volumes, request, destinations, cancellation);
    ContainerRecreation.Plan plan = prepare(set, inSet, described, volumes, secrets, cancellation);
    List<Obstacle> obstacles = new ArrayList<>();
    volumePlans.forEach(planned -> obstacles.addAll(planned.prepared().obstacles()));
    obstacles.addAll(plan.obstacles());
    obstacles.addAll(withoutServer(selection, plan));
    if (request.dryRun()) {
      List<RestoredItem> items =
          HostRecreation.planned(
              volumePlans, of(selection.artifacts(), ArtifactKind.DATABASE), plan);
      return new RestoreBackup.Result(
          set.name(),
          set.location(),
          withObstacles(items, obstacles),
          false,
          verifying,
          whole.time());
    }
    RestoreWork.requireNone(obstacles);
    HostRecreation recreation =
        new HostRecreation(set, inSet, work, opener, request, proofs, events);
    List<RestoredItem> items =
        recreation.run(
            volumePlans, of(selection.artifacts(), ArtifactKind.DATABASE), plan, cancellation);
    selection.missing().forEach(missing -> items.add(RestoreWork.missed(missing)));
    return new RestoreBackup.Result(
        set.name(), set.location(), items, true, verifying, whole.time());
  }

  private ContainerRecreation.Plan prepare(
      StoredSet set,
      List<Artifact> inSet,
      List<StoredArtifact> described,
      List<StoredArtifact> volumes,
      ContainerRecreation.Secrets secrets,
      Cancellation cancellation) {
    Set<String> restored =
        volumes.stream().map(volume -> volume.id().name()).collect(Collectors.toSet());
    try {
      return containers.prepare(
          describe(set, inSet, described, cancellation), restored, secrets, cancellation);
    } catch (IOException e) {
      throw unreadable(set, e);
    }
  }

  /** Where a set of old does not tell whom a container serves, nobody guesses. */
  private List<Described> describe(
      StoredSet set,
      List<Artifact> inSet,
      List<StoredArtifact> containers,
      Cancellation cancellation) {
    Set<String> clusters = new TreeSet<>();
    inSet.forEach(artifact -> artifact.id().cluster().ifPresent(clusters::add));
    return containers.stream()
        .map(
            artifact -> {
              Optional<ArtifactOrigin.FromContainer> origin =
                  artifact.origin() instanceof ArtifactOrigin.FromContainer from
                      ? Optional.of(from)
                      : Optional.empty();
              return new Described(
                  artifact.id().name(),
                  work.content(set, artifact, cancellation),
                  origin.flatMap(ArtifactOrigin.FromContainer::image),
                  origin.flatMap(ArtifactOrigin.FromContainer::cluster).filter(clusters::contains));
            })
        .toList();
  }

  /** Databases whose server is not in the set need a configured cluster. */
  private List<Obstacle> withoutServer(RestoreSelection selection, ContainerRecreation.Plan plan) {
    Set<Optional<String>> served =
        plan.servers().stream()
            .map(ContainerRecreation.Planned::cluster)
            .collect(Collectors.toSet());
    return of(selection.artifacts(), ArtifactKind.DATABASE).stream()
        .map(artifact -> artifact.id().cluster())
        .distinct()
        .filter(cluster -> !served.contains(cluster))
        .map(
            cluster ->
                new Obstacle(
                    "the server of cluster "
                        + cluster.orElse("(unnamed)")
                        + " did not run in a container that the set tells of",
                    "Bring that server up and restore its databases with `restore databases` and a"
                        + " configuration with postgres: "
                        + cluster.orElse("main")
                        + ": in it; then `restore volumes --recreate-containers` brings the rest."))
        .toList();
  }

  private static List<RestoredItem> withObstacles(
      List<RestoredItem> items, List<Obstacle> obstacles) {
    if (items.isEmpty()) {
      return items;
    }
    List<RestoredItem> all = new ArrayList<>(items);
    RestoredItem first = all.get(0);
    all.set(
        0,
        new RestoredItem(
            first.id(),
            first.target(),
            first.steps(),
            obstacles,
            first.warnings(),
            first.failure()));
    return all;
  }

  @Override
  public ContainerRecreation.Written write(
      SetSelector selector, ContainerRecreation.Form form, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(selector, RESTORE)) {
      StoredSet set = open.set();
      List<Artifact> inSet = set.artifacts(set.checksums());
      List<StoredArtifact> described = stored(inSet, ArtifactKind.CONTAINER);
      if (described.isEmpty()) {
        throw new IntegrityFailure(
            "The set " + set.name() + " tells of no container; nothing was written.",
            "Choose a set that does: `holdfast show SET` lists what it holds.");
      }
      try {
        return containers.write(describe(set, inSet, described, cancellation), form);
      } catch (IOException e) {
        throw unreadable(set, e);
      }
    }
  }

  private static List<StoredArtifact> stored(List<Artifact> inSet, ArtifactKind kind) {
    return of(
        inSet.stream()
            .filter(StoredArtifact.class::isInstance)
            .map(StoredArtifact.class::cast)
            .toList(),
        kind);
  }

  private static List<StoredArtifact> of(List<StoredArtifact> artifacts, ArtifactKind kind) {
    return artifacts.stream().filter(artifact -> artifact.id().kind() == kind).toList();
  }

  private static IntegrityFailure unreadable(StoredSet set, IOException e) {
    return new IntegrityFailure(
        "The containers of the set " + set.name() + " cannot be read: " + e.getMessage(),
        "Choose another set, or another target that holds this one (--target).",
        e);
  }
}
