package io.holdfast.launcher.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.launcher.config.ClusterConfig;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.SecretReference;
import io.holdfast.launcher.config.Tools;
import io.holdfast.podman.command.ContainerCommandRunner;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.postgres.DumpInspector;
import io.holdfast.postgres.PostgresCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured PostgreSQL clusters, as far as they can be logged in to. */
final class PostgresModule extends AbstractModule {

  /**
   * The clusters whose references could be fetched. A command that uses clusters has all of them:
   * the configuration is refused otherwise. Another command has them for what a killed restore
   * left, if it can.
   */
  @Provides
  @Singleton
  List<PostgresCluster> clusters(
      HoldfastConfig config,
      HostCommandRunner host,
      RecoveryJournal journal,
      BackupEvents events,
      Clock clock) {
    List<PostgresCluster> clusters = new ArrayList<>();
    for (ClusterConfig cluster : config.clusters()) {
      settingsOf(cluster, config.jobs())
          .map(
              settings ->
                  new PostgresCluster(
                      settings,
                      runnerOf(cluster, host),
                      cluster.tools() instanceof Tools.InContainer,
                      journal,
                      events,
                      clock))
          .ifPresent(clusters::add);
    }
    return clusters;
  }

  @Provides
  ClusterDumpInspector inspector(HoldfastConfig config, HostCommandRunner host) {
    Map<String, DumpInspector> byCluster = new LinkedHashMap<>();
    for (ClusterConfig cluster : config.clusters()) {
      boolean inContainer = cluster.tools() instanceof Tools.InContainer;
      byCluster.put(cluster.name(), new DumpInspector(runnerOf(cluster, host), inContainer));
    }
    return new ClusterDumpInspector(byCluster, new DumpInspector(host, false));
  }

  private static Optional<ClusterSettings> settingsOf(ClusterConfig cluster, int jobs) {
    if (!cluster.whole()) {
      return Optional.empty();
    }
    Optional<Secret> password;
    try {
      password = cluster.password().map(SecretReference::resolve);
    } catch (ConfigurationFailure notToBeHad) {
      return Optional.empty();
    }
    return Optional.of(
        new ClusterSettings(
            cluster.name(),
            cluster.host(),
            cluster.port(),
            cluster.user(),
            password,
            ClusterSettings.DEFAULT_MAINTENANCE_DATABASE,
            cluster.databases().include(),
            cluster.databases().exclude(),
            cluster.globals(),
            cluster.compression(),
            jobs,
            cluster.fingerprint()));
  }

  private static CommandRunner runnerOf(ClusterConfig cluster, HostCommandRunner host) {
    return cluster.tools() instanceof Tools.InContainer container
        ? new ContainerCommandRunner(host, container.name())
        : host;
  }
}
