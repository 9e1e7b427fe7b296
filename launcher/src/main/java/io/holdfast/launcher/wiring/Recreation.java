package io.holdfast.launcher.wiring;

import com.google.inject.Inject;
import com.google.inject.Provider;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.podman.PodmanAdapter;
import io.holdfast.podman.command.ContainerCommandRunner;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.postgres.Compression;
import io.holdfast.postgres.PostgresCluster;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What makes containers, and opens the clusters of those that are servers: no configuration. */
final class Recreation {

  private final Provider<PodmanAdapter> podman;
  private final HostCommandRunner host;
  private final BackupEvents events;
  private final HoldfastConfig config;
  private final Clock clock;

  @Inject
  Recreation(
      Provider<PodmanAdapter> podman,
      HostCommandRunner host,
      BackupEvents events,
      HoldfastConfig config,
      Clock clock) {
    this.clock = clock;
    this.podman = podman;
    this.host = host;
    this.events = events;
    this.config = config;
  }

  ContainerRecreation containers() {
    return podman.get().recreation();
  }

  /** The tools of a new server's own container suit it, and a bare machine has no others. */
  FreshCluster.Opener opener() {
    return (name, server) ->
        PostgresCluster.fresh(
            new ClusterSettings(
                name,
                server.host(),
                server.port(),
                Optional.of(server.user()),
                Optional.of(server.password()),
                ClusterSettings.DEFAULT_MAINTENANCE_DATABASE,
                List.of("*"),
                List.of(),
                true,
                new Compression.Auto(),
                config.jobs()),
            new ContainerCommandRunner(host, server.container()),
            events,
            clock);
  }
}
