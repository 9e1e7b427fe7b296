package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.Target;
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
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.TrustTarget;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.service.OversightUseCases;
import io.holdfast.application.service.UseCases;
import io.holdfast.launcher.cli.Session;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.podman.archive.VolumeContents;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.extract.TarFiles;
import io.holdfast.postgres.DumpContents;
import java.util.List;
import java.util.function.Supplier;

/** The use cases of one session, and the targets that it has open. */
final class WiredSession implements Session {

  private final HoldfastConfig config;
  private final UseCases useCases;
  private final List<Target> targets;
  private final StoragePlugins plugins;
  private final Signals signals;
  private final OversightUseCases.Watch watch;
  private final Supplier<UseCases.DrillGround> ground;
  private final Recreation recreation;
  private final RecoveryJournal journal;

  WiredSession(
      HoldfastConfig config,
      UseCases useCases,
      List<Target> targets,
      StoragePlugins plugins,
      Signals signals,
      OversightUseCases.Watch watch,
      Supplier<UseCases.DrillGround> ground,
      Recreation recreation,
      RecoveryJournal journal) {
    this.journal = journal;
    this.recreation = recreation;
    this.ground = ground;
    this.signals = signals;
    this.watch = watch;
    this.config = config;
    this.useCases = useCases;
    this.targets = targets;
    this.plugins = plugins;
  }

  @Override
  public HoldfastConfig config() {
    return config;
  }

  @Override
  public CreateBackup createBackup() {
    return useCases.sets().createBackup();
  }

  @Override
  public ListBackups listBackups() {
    return useCases.sets().listBackups();
  }

  @Override
  public ShowBackup showBackup() {
    return useCases.sets().showBackup();
  }

  @Override
  public VerifyBackup verifyBackup() {
    return useCases.sets().verifyBackup();
  }

  @Override
  public RestoreBackup restoreBackup() {
    return useCases.restores().restoreBackup();
  }

  @Override
  public DrillBackup drillBackup() {
    return useCases.restores().drillBackup(ground.get());
  }

  @Override
  public RecreateHost recreateHost() {
    return useCases.restores().recreateHost(recreation.containers(), recreation.opener());
  }

  @Override
  public CopyBackup copyBackup() {
    return useCases.sets().copyBackup();
  }

  @Override
  public PruneBackups pruneBackups() {
    return useCases.sets().pruneBackups(config.lifecycle().retention());
  }

  @Override
  public PinBackup pinBackup() {
    return useCases.sets().pinBackup();
  }

  @Override
  public CheckHost checkHost() {
    return useCases.oversight().checkHost();
  }

  /** Asks no open store: what is not trusted yet cannot be opened. */
  @Override
  public TrustTarget trustTarget() {
    return (name, judge) ->
        config.targets().stream()
            .filter(target -> target.name().equals(name))
            .forEach(target -> plugins.trust(target.settings(), judge));
  }

  @Override
  public VerifyTarget verifyTarget() {
    return useCases.oversight().verifyTarget();
  }

  @Override
  public SuperviseRun superviseRun() {
    return useCases.oversight().superviseRun();
  }

  @Override
  public ReportStatus reportStatus() {
    return useCases.oversight().reportStatus(watch);
  }

  @Override
  public ReportRecovery reportRecovery() {
    return useCases.oversight().reportRecovery(watch);
  }

  @Override
  public ManageLocks manageLocks() {
    return useCases.sets().manageLocks();
  }

  @Override
  public ListContents listContents() {
    return useCases.restores().listContents(List.of(new VolumeContents(), new DumpContents()));
  }

  @Override
  public RestoreFiles restoreFiles() {
    return useCases.restores().restoreFiles(new TarFiles(new HostCommandRunner(), journal));
  }

  @Override
  public HealthProbe notifiers(boolean trying) {
    return trying ? signals.notifications().trial() : signals.notifications().look();
  }

  @Override
  public void close() {
    try (plugins) {
      OpenTargets.close(targets);
    }
  }
}
