package io.holdfast.application.service;

import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.drill.DrillAssertion;
import io.holdfast.application.port.out.drill.FreeSpace;
import io.holdfast.application.port.out.drill.ScratchClusters;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.ArtifactId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The use cases, made of what the host and the configuration give. */
public final class UseCases {

  private final SetUseCases sets;
  private final RestoreUseCases restores;
  private final OversightUseCases oversight;

  public UseCases(
      Host host,
      Sources sources,
      Storage storage,
      Journal journal,
      OversightUseCases.Supervision supervision,
      BackupEvents events) {
    CommonParts parts = new CommonParts(host, sources, storage, journal, events);
    this.sets = new SetUseCases(host, sources, storage, events, parts);
    this.restores = new RestoreUseCases(host, sources, journal, events, parts);
    this.oversight =
        new OversightUseCases(host, sources, storage, journal, supervision, events, parts);
  }

  /** Those that make sets, show them and keep them. */
  public SetUseCases sets() {
    return sets;
  }

  /** Those that bring back what is in a set, or show what it is. */
  public RestoreUseCases restores() {
    return restores;
  }

  /** Those that look after hosts, targets and runs. */
  public OversightUseCases oversight() {
    return oversight;
  }

  /**
   * This host.
   *
   * @param name its name, as manifests tell it
   * @param toolVersion this Holdfast's version
   * @param processors how many hash at once
   * @param jobs how many artifacts are read at once
   * @param clock the time
   * @param longestHold how long containers are held at most
   */
  public record Host(
      String name,
      String toolVersion,
      int processors,
      int jobs,
      Clock clock,
      Duration longestHold) {

    private static final Duration USUAL_HOLD = Duration.ofMinutes(10);

    /** One that holds containers as long as is usual, at most. */
    public Host(String name, String toolVersion, int processors, int jobs, Clock clock) {
      this(name, toolVersion, processors, jobs, clock, USUAL_HOLD);
    }
  }

  /**
   * What is backed up and restored to.
   *
   * @param clusters how each configured cluster is reached by hand, by its name
   * @param wanted what the configuration means to be backed up, whether it is there or not
   * @param proofs what shows that restored artifacts are those that were backed up
   */
  public record Sources(
      List<ArtifactSource> sources,
      List<RestoreDestination> destinations,
      List<ArtifactInspector> inspectors,
      List<Codec> codecs,
      Hold hold,
      List<HealthProbe> probes,
      List<HostScout> scouts,
      Map<String, ClusterAddress> clusters,
      Predicate<ArtifactId> wanted,
      List<RestoreProof> proofs) {
    public Sources {
      sources = List.copyOf(sources);
      destinations = List.copyOf(destinations);
      inspectors = List.copyOf(inspectors);
      codecs = List.copyOf(codecs);
      probes = List.copyOf(probes);
      scouts = List.copyOf(scouts);
      clusters = Map.copyOf(clusters);
      proofs = List.copyOf(proofs);
    }

    /** Where all that ever was is wanted, and nothing can be proven. */
    public Sources(
        List<ArtifactSource> sources,
        List<RestoreDestination> destinations,
        List<ArtifactInspector> inspectors,
        List<Codec> codecs,
        Hold hold,
        List<HealthProbe> probes,
        List<HostScout> scouts,
        Map<String, ClusterAddress> clusters) {
      this(
          sources,
          destinations,
          inspectors,
          codecs,
          hold,
          probes,
          scouts,
          clusters,
          any -> true,
          List.of());
    }
  }

  /**
   * Where sets are kept.
   *
   * @param targets as configured, in order
   * @param quorum how many of them have to hold a set, at least
   * @param codec what writes and reads manifests
   * @param folders opens a folder of this host as a store, for sets that are given as a path
   * @param door opens the targets once more
   * @param terms how the targets' locks are kept up
   */
  public record Storage(
      List<Target> targets,
      int quorum,
      MetadataCodec codec,
      Function<Path, BlobStore> folders,
      TargetDoor door,
      LockTerms terms) {
    public Storage {
      targets = List.copyOf(targets);
    }

    /** With locks as they are kept up everywhere. */
    public Storage(
        List<Target> targets,
        int quorum,
        MetadataCodec codec,
        Function<Path, BlobStore> folders,
        TargetDoor door) {
      this(targets, quorum, codec, folders, door, LockTerms.DEFAULT);
    }

    List<SetCatalog> catalogs(String host) {
      return targets.stream().map(t -> new SetCatalog(t, codec, host)).toList();
    }
  }

  /**
   * Where drills restore to, and what they are held against.
   *
   * @param servers sorts of servers, the better one first
   * @param clusters makes places to restore to of them
   * @param volumes volumes for the time of a drill
   * @param volumeDestination restores them
   * @param volumeProofs compare them
   * @param space how much room there is
   * @param assertions the operator's own checks
   * @param runner runs those of them that are programs of this host
   * @param ledger remembers drills
   * @param rto how long a restore may take
   * @param clusterNames the configured clusters
   */
  public record DrillGround(
      List<ScratchServers> servers,
      ScratchClusters clusters,
      ScratchVolumes volumes,
      RestoreDestination volumeDestination,
      List<RestoreProof> volumeProofs,
      FreeSpace space,
      List<DrillAssertion> assertions,
      CommandRunner runner,
      DrillLedger ledger,
      Optional<Duration> rto,
      List<String> clusterNames) {
    public DrillGround {
      servers = List.copyOf(servers);
      volumeProofs = List.copyOf(volumeProofs);
      assertions = List.copyOf(assertions);
      clusterNames = List.copyOf(clusterNames);
    }
  }

  /** What survives a killed run. */
  public record Journal(
      RecoveryJournal journal, List<Undoer> undoers, HostLock hostLock, ProcessTable processes) {
    public Journal {
      undoers = List.copyOf(undoers);
    }
  }
}
