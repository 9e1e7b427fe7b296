package io.holdfast.application.service;

import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.history.RunEvents;
import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.drill.DrillAssertion;
import io.holdfast.application.port.out.drill.FreeSpace;
import io.holdfast.application.port.out.drill.ScratchClusters;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.history.ObjectivesMemory;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.application.port.out.schedule.ScheduleMemory;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.ContentsReader;
import io.holdfast.application.port.out.source.FileDestination;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.stream.ArtifactPipeline;
import io.holdfast.application.stream.Codecs;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.recovery.Objectives;
import io.holdfast.domain.retention.RetentionPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The use cases, made of what the host and the configuration give. */
public final class UseCases {

  private final Host host;
  private final Sources sources;
  private final Storage storage;
  private final Journal journal;
  private final Supervision supervision;
  private final BackupEvents events;

  public UseCases(
      Host host,
      Sources sources,
      Storage storage,
      Journal journal,
      Supervision supervision,
      BackupEvents events) {
    this.host = host;
    this.sources = sources;
    this.storage = storage;
    this.journal = journal;
    this.supervision = supervision;
    this.events = events;
  }

  /**
   * Keeps a schedule; needs no more of the configuration than the source tells.
   *
   * @param lock lets one process do it
   * @param memory of what was run
   * @param commands runs what is due
   * @param events is told what happens
   */
  public static RunSchedule runSchedule(
      HostLock lock,
      ScheduleMemory memory,
      OwnCommands commands,
      InstantSource clock,
      BackupEvents events) {
    return new RunScheduleService(lock, memory, commands, clock, events);
  }

  public CreateBackup createBackup() {
    return new CreateBackupService(
        host,
        sources,
        storage,
        new ArtifactPipeline(codecs(), host.clock(), host.jobs()),
        recovery(),
        locker(),
        events);
  }

  public ManageLocks manageLocks() {
    return new ManageLocksService(storage.catalogs(host.name()), locker());
  }

  /**
   * @param policy which sets are kept
   */
  public PruneBackups pruneBackups(RetentionPolicy policy) {
    TargetLocker locker = locker();
    return new PruneBackupsService(
        host,
        policy,
        storage.catalogs(host.name()),
        locker,
        target -> new StoredMarks(locker.marksOf(target)),
        events);
  }

  public ListBackups listBackups() {
    return new ListBackupsService(storage.catalogs(host.name()), locker());
  }

  public ShowBackup showBackup() {
    return new ShowBackupService(finder(), locker());
  }

  public VerifyBackup verifyBackup() {
    return new VerifyBackupService(
        reads(),
        new SetVerifier(sources.inspectors(), codecs(), events, host.processors()),
        new VerdictRecorder(locker(), events));
  }

  public PinBackup pinBackup() {
    return new PinBackupService(finder(), locker());
  }

  public RestoreBackup restoreBackup() {
    return new RestoreBackupService(
        reads(),
        restoreWork(),
        sources.destinations(),
        sources.proofs(),
        recovery(),
        journal.hostLock(),
        events);
  }

  /**
   * @param ground where sets are restored to be looked at
   */
  public DrillBackup drillBackup(DrillGround ground) {
    return new DrillBackupService(
        host,
        ground,
        reads(),
        new SetVerifier(sources.inspectors(), codecs(), events, host.processors()),
        codecs(),
        recovery(),
        journal.hostLock(),
        events);
  }

  /**
   * @param containers makes containers
   * @param opener opens the clusters of those that are servers
   */
  public RecreateHost recreateHost(ContainerRecreation containers, FreshCluster.Opener opener) {
    return new RecreateHostService(
        reads(),
        restoreWork(),
        sources.destinations(),
        sources.proofs(),
        containers,
        opener,
        recovery(),
        journal.hostLock(),
        events);
  }

  private RestoreWork restoreWork() {
    return new RestoreWork(
        new SetVerifier(sources.inspectors(), codecs(), events, host.processors()),
        codecs(),
        host.clock(),
        events);
  }

  /**
   * @param readers who knows the formats of artifacts
   */
  public ListContents listContents(List<ContentsReader> readers) {
    return new ListContentsService(reads(), readers, codecs());
  }

  /**
   * @param destination where single files go
   */
  public RestoreFiles restoreFiles(FileDestination destination) {
    return new RestoreFilesService(
        reads(),
        new SetVerifier(sources.inspectors(), codecs(), events, host.processors()),
        destination,
        codecs(),
        events);
  }

  public CopyBackup copyBackup() {
    return new CopyBackupService(host, finder(), reads(), locker(), events);
  }

  public CheckHost checkHost() {
    return new CheckHostService(recovery(), sources.probes(), this::targetChecks, storage.quorum());
  }

  public VerifyTarget verifyTarget() {
    return new VerifyTargetService(
        storage.catalogs(host.name()), storage.door(), locker(), scratchNames(), events);
  }

  public SuperviseRun superviseRun() {
    return new SuperviseRunService(
        new RunRecords(
            supervision.journal(), journal.processes().self(), host.clock(), supervision.events()),
        new HookRunner(
            supervision.hooks(), supervision.runner(), host.name(), supervision.events()),
        supervision.observers(),
        host.clock(),
        supervision.events());
  }

  public ShowHistory showHistory() {
    return new ShowHistoryService(supervision.journal());
  }

  /**
   * Says how well hosts are backed up.
   *
   * @param watch what they are held against, and who hears of it
   */
  public ReportStatus reportStatus(Watch watch) {
    return new ReportStatusService(host, storage, watch, locker(), supervision.journal());
  }

  /**
   * Tells how well this host could have been brought back over some time.
   *
   * @param watch what it is held against
   */
  public ReportRecovery reportRecovery(Watch watch) {
    return new ReportRecoveryService(
        host, storage, reportStatus(watch), locker(), supervision.journal());
  }

  public ScoutHost scoutHost() {
    return new ScoutHostService(sources.scouts());
  }

  private List<TargetCheck> targetChecks() {
    TargetTidying tidying = new TargetTidying(locker(), scratchNames());
    return storage.catalogs(host.name()).stream()
        .map(
            catalog ->
                new TargetCheck(catalog, storage.door(), tidying, scratchNames(), host.clock()))
        .toList();
  }

  private ScratchNames scratchNames() {
    return new ScratchNames(host.name(), journal.processes());
  }

  private SetFinder finder() {
    return new SetFinder(storage.catalogs(host.name()), storage.codec(), storage.folders(), events);
  }

  private SetReads reads() {
    return new SetReads(finder(), locker(), events);
  }

  private Recovery recovery() {
    return new Recovery(journal.journal(), journal.undoers(), journal.hostLock());
  }

  private TargetLocker locker() {
    return new TargetLocker(
        storage.codec(),
        new Presence(journal.processes(), storage.terms(), host.name(), host.clock()),
        events);
  }

  private Codecs codecs() {
    return new Codecs(sources.codecs());
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
   * What hosts are held against.
   *
   * @param objectives what was promised
   * @param keptAtMost how many sets the retention keeps; empty when nothing is pruned by itself
   * @param wanted what the configuration means to be backed up
   * @param nextRuns when a kind of run is due next, where it is scheduled
   * @param observers who is told when other objectives are missed than before
   * @param memory which were missed before
   * @param drills what was shown of sets on this host
   */
  public record Watch(
      Objectives objectives,
      OptionalLong keptAtMost,
      Predicate<ArtifactId> wanted,
      Function<RunKind, Optional<Instant>> nextRuns,
      List<RunObserver> observers,
      Supplier<ObjectivesMemory> memory,
      DrillLedger drills) {
    public Watch {
      observers = List.copyOf(observers);
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

  /**
   * What goes on around runs.
   *
   * @param journal remembers them
   * @param events writes what is told during one into its journal
   * @param observers are told of them, in this order
   * @param hooks the operator's own programs around them
   * @param runner runs those
   */
  public record Supervision(
      RunJournal journal,
      RunEvents events,
      List<RunObserver> observers,
      Map<RunKind, RunHooks> hooks,
      CommandRunner runner) {
    public Supervision {
      observers = List.copyOf(observers);
      hooks = Map.copyOf(hooks);
    }
  }
}
