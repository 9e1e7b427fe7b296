package io.holdfast.launcher.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.history.RunEvents;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.service.OversightUseCases;
import io.holdfast.application.service.UseCases;
import io.holdfast.launcher.config.ClusterConfig;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Needs;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.Tools;
import io.holdfast.launcher.config.Wanted;
import io.holdfast.operations.hook.HookProbe;
import io.holdfast.podman.PodmanAdapter;
import io.holdfast.podman.archive.TarInspector;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.postgres.HostServers;
import io.holdfast.postgres.LocalClusterScout;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.storage.metadata.JsonMetadataCodec;
import io.holdfast.storage.state.FileHostLock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases over everything else. */
final class UseCasesModule extends AbstractModule {

  private final HoldfastConfig config;
  private final Needs needs;
  private final List<Target> targets;
  private final StoragePlugins plugins;

  UseCasesModule(HoldfastConfig config, Needs needs, List<Target> targets, StoragePlugins plugins) {
    this.config = config;
    this.needs = needs;
    this.targets = targets;
    this.plugins = plugins;
  }

  @Override
  protected void configure() {
    bind(HoldfastConfig.class).toInstance(config);
  }

  @Provides
  UseCases useCases(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Storage storage,
      UseCases.Journal journal,
      OversightUseCases.Supervision supervision,
      BackupEvents events) {
    return new UseCases(host, sources, storage, journal, supervision, events);
  }

  @Provides
  OversightUseCases.Supervision supervision(
      RunJournal journal,
      RunEvents events,
      HostCommandRunner runner,
      Clock clock,
      Surroundings surroundings) {
    Signals signals = new Signals(config, clock, surroundings);
    return new OversightUseCases.Supervision(
        journal, events, signals.observers(journal), config.lifecycle().hooks(), runner);
  }

  @Provides
  UseCases.Sources sources(
      Provider<List<PostgresCluster>> clusters,
      Provider<PodmanAdapter> podman,
      ClusterDumpInspector dumpInspector,
      List<Codec> codecs,
      HostCommandRunner runner,
      Surroundings surroundings) {
    List<ArtifactSource> sources = new ArrayList<>();
    List<RestoreDestination> destinations = new ArrayList<>();
    List<RestoreProof> proofs = new ArrayList<>();
    List<HealthProbe> probes = new ArrayList<>();
    probes.add(
        new HookProbe(
            config.lifecycle().hooks(),
            surroundings.variable("PATH").orElse(""),
            surroundings.workingDirectory()));
    if (needs.clusters() && !config.clusters().isEmpty()) {
      sources.add(podman.get().servers());
    }
    if (needs.clusters()) {
      for (PostgresCluster cluster : clusters.get()) {
        sources.add(cluster.source());
        destinations.add(cluster.destination());
        probes.add(cluster.probe());
        proofs.add(cluster.proof());
      }
    }
    if (needs.volumes()) {
      destinations.add(podman.get().destination());
      proofs.add(podman.get().proof());
    }
    if (needs.volumes() && config.volumes().isPresent()) {
      sources.add(podman.get().source());
      probes.add(podman.get().probe());
    }
    return new UseCases.Sources(
        sources,
        destinations,
        List.of(dumpInspector, new TarInspector()),
        codecs,
        (container, cancellation) -> podman.get().hold().hold(container, cancellation),
        probes,
        List.of(
            cancellation -> PodmanAdapter.scout(runner).look(cancellation),
            cancellation -> new LocalClusterScout(runner).look(cancellation)),
        addresses(),
        new Wanted(config),
        proofs);
  }

  @Provides
  UseCases.Storage storage() {
    return new UseCases.Storage(
        targets,
        config.quorum(),
        new JsonMetadataCodec(),
        plugins::openFolder,
        new ConfiguredDoor(config, plugins));
  }

  @Provides
  UseCases.Journal journal(
      RecoveryJournal journal,
      Provider<List<PostgresCluster>> clusters,
      Provider<PodmanAdapter> podman,
      Provider<HostServers> hostServers,
      FileHostLock hostLock,
      ProcessTable processes) {
    List<Undoer> undoers = new ArrayList<>();
    if (changesHost()) {
      clusters.get().forEach(cluster -> undoers.add(cluster.undoer()));
      undoers.add(podman.get().undoer());
      undoers.add(hostServers.get());
    }
    return new UseCases.Journal(journal, undoers, hostLock, processes);
  }

  /** False for commands that look at sets alone: they start without what they do not touch. */
  private boolean changesHost() {
    return needs.clusters() || needs.volumes();
  }

  private Map<String, ClusterAddress> addresses() {
    Map<String, ClusterAddress> addresses = new LinkedHashMap<>();
    for (ClusterConfig cluster : config.clusters()) {
      Optional<String> container =
          cluster.tools() instanceof Tools.InContainer tools
              ? Optional.of(tools.name())
              : Optional.empty();
      addresses.put(
          cluster.name(),
          new ClusterAddress(cluster.host(), cluster.port(), cluster.user(), container));
    }
    return addresses;
  }
}
