package io.holdfast.launcher.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.service.OversightUseCases;
import io.holdfast.application.service.UseCases;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.retention.RetentionPolicy;
import io.holdfast.launcher.cli.HoldfastCli;
import io.holdfast.launcher.cli.Scheduling;
import io.holdfast.launcher.cli.Session;
import io.holdfast.launcher.cli.SessionFactory;
import io.holdfast.launcher.config.ConfigLoader;
import io.holdfast.launcher.config.ConfigLocator;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Lifecycle;
import io.holdfast.launcher.config.LoadedConfig;
import io.holdfast.launcher.config.Needs;
import io.holdfast.launcher.config.ScheduleConfig;
import io.holdfast.launcher.config.ScheduleGrammar;
import io.holdfast.launcher.config.SetPlace;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.TargetConfig;
import io.holdfast.launcher.config.Wanted;
import io.holdfast.launcher.plugin.PluginPlaces;
import io.holdfast.launcher.plugin.Plugins;
import io.holdfast.operations.cron.CronTimes;
import io.holdfast.storage.metadata.JsonMetadataCodec;
import io.holdfast.storage.state.FileDrillLedger;
import io.holdfast.storage.state.FileObjectivesMemory;
import io.holdfast.storage.state.FileRunJournal;
import io.holdfast.storage.state.LinuxProcessTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens sessions on the real host. */
public final class GuiceSessionFactory implements SessionFactory {

  private final Surroundings surroundings;

  public GuiceSessionFactory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Session open(Optional<Path> configOption, Needs needs, BackupEvents events) {
    ConfigLocator locator = new ConfigLocator(surroundings);
    Optional<Path> file = locator.find(configOption);
    if (needs.place().isPresent()) {
      return atPlace(file, needs, needs.place().get(), events);
    }
    if (file.isEmpty()) {
      if (needs.file()) {
        throw locator.notFound();
      }
      HoldfastConfig none = HoldfastConfig.none(surroundings);
      return session(none, needs, List.of(), new StoragePlugins(Plugins.none()), events);
    }
    return withPlugins(plugins -> open(file.get(), needs, plugins, events));
  }

  private Session withPlugins(Function<StoragePlugins, Session> opening) {
    StoragePlugins plugins = new StoragePlugins(Plugins.load(PluginPlaces.of(surroundings)));
    try {
      return opening.apply(plugins);
    } catch (RuntimeException | Error failure) {
      try {
        plugins.close();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** The one target is a folder of sets; all else is as configured, where anything is. */
  private Session atPlace(Optional<Path> file, Needs needs, SetPlace place, BackupEvents events) {
    return withPlugins(
        plugins -> {
          HoldfastConfig configured =
              file.map(path -> configured(path, needs, plugins))
                  .orElseGet(() -> HoldfastConfig.none(surroundings));
          OpenPlace opened = OpenPlace.open(place, surroundings, plugins);
          try {
            HoldfastConfig config = configured.withTargets(List.of(opened.config()));
            return session(config, needs, List.of(opened.target()), plugins, events);
          } catch (RuntimeException | Error failure) {
            OpenTargets.close(List.of(opened.target()), failure);
            throw failure;
          }
        });
  }

  private HoldfastConfig configured(Path file, Needs needs, StoragePlugins plugins) {
    LoadedConfig loaded = new ConfigLoader(surroundings, plugins, grammar()).load(file, needs);
    loaded.problems().throwIfAny();
    return loaded.config();
  }

  private Session open(Path file, Needs needs, StoragePlugins plugins, BackupEvents events) {
    LoadedConfig loaded = new ConfigLoader(surroundings, plugins, grammar()).load(file, needs);
    HoldfastConfig config = loaded.config();
    List<TargetConfig> used =
        config.targets().stream().filter(target -> needs.needsTarget(target.name())).toList();
    List<Target> targets = plugins.open(used, loaded.problems());
    try {
      loaded.problems().throwIfAny();
      checkTarget(config, needs);
      return session(config, needs, targets, plugins, events);
    } catch (RuntimeException | Error failure) {
      OpenTargets.close(targets, failure);
      throw failure;
    }
  }

  @Override
  public Scheduling scheduling(Optional<Path> configOption, BackupEvents events) {
    Supplier<HoldfastConfig> configuration =
        () -> {
          try (Session session = open(configOption, Needs.schedule(), events)) {
            return session.config();
          }
        };
    return new WiredScheduling(surroundings, configuration, events);
  }

  @Override
  public ScoutHost scoutHost(BackupEvents events) {
    return unconfigured(events).oversight().scoutHost();
  }

  @Override
  public SuperviseRun superviseRun(BackupEvents events) {
    return unconfigured(events).oversight().superviseRun();
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public ShowHistory showHistory(BackupEvents events) {
    return unconfigured(events).oversight().showHistory();
  }

  private UseCases unconfigured(BackupEvents events) {
    HoldfastConfig none = HoldfastConfig.none(surroundings);
    StoragePlugins plugins = new StoragePlugins(Plugins.none());
    return injector(none, Needs.nothing(), List.of(), plugins, events).getInstance(UseCases.class);
  }

  private Session session(
      HoldfastConfig config,
      Needs needs,
      List<Target> targets,
      StoragePlugins plugins,
      BackupEvents events) {
    Injector injector = injector(config, needs, targets, plugins, events);
    return new WiredSession(
        config,
        injector.getInstance(UseCases.class),
        targets,
        plugins,
        new Signals(config, Clock.systemUTC(), surroundings),
        watch(config),
        () -> injector.getInstance(UseCases.DrillGround.class),
        injector.getInstance(Recreation.class),
        injector.getInstance(RecoveryJournal.class));
  }

  /** What is remembered is looked for when it is needed. */
  private OversightUseCases.Watch watch(HoldfastConfig config) {
    Lifecycle lifecycle = config.lifecycle();
    RetentionPolicy kept = lifecycle.retention();
    long most =
        0L
            + kept.last()
            + kept.hourly()
            + kept.daily()
            + kept.weekly()
            + kept.monthly()
            + kept.yearly();
    return new OversightUseCases.Watch(
        lifecycle.objectives(),
        lifecycle.pruneAfterBackup() ? OptionalLong.of(most) : OptionalLong.empty(),
        new Wanted(config),
        kind -> nextRun(lifecycle.schedule(), kind),
        new Signals(config, Clock.systemUTC(), surroundings)
            .observers(new FileRunJournal(StateLocation.of(surroundings), new LinuxProcessTable())),
        () -> new FileObjectivesMemory(StateLocation.of(surroundings)),
        new FileDrillLedger(StateLocation.of(surroundings), new JsonMetadataCodec()));
  }

  private static Optional<Instant> nextRun(ScheduleConfig schedule, RunKind kind) {
    return schedule
        .entry(kind.command())
        .flatMap(entry -> CronTimes.parse(entry.cron(), schedule.zone()))
        .flatMap(times -> times.after(Clock.systemUTC().instant()));
  }

  private Injector injector(
      HoldfastConfig config,
      Needs needs,
      List<Target> targets,
      StoragePlugins plugins,
      BackupEvents events) {
    return Guice.createInjector(
        Stage.DEVELOPMENT,
        new HostModule(surroundings, events),
        new PostgresModule(),
        new PodmanModule(),
        new DrillModule(),
        new UseCasesModule(config, needs, targets, plugins));
  }

  private ScheduleGrammar grammar() {
    return new ScheduleGrammar(
        text -> CronTimes.parse(text, ZoneOffset.UTC).isPresent(),
        command -> HoldfastCli.misuse(this, surroundings, command));
  }

  private static void checkTarget(HoldfastConfig config, Needs needs) {
    List<String> names = config.targets().stream().map(TargetConfig::name).toList();
    List<String> unknown =
        needs.onlyTargets().stream().filter(wanted -> !names.contains(wanted)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new ConfigurationFailure(
          "there is no storage target " + String.join(", ", unknown),
          "configured are: " + String.join(", ", names));
    }
  }
}
