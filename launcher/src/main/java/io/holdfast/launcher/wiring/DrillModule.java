package io.holdfast.launcher.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.service.UseCases;
import io.holdfast.launcher.config.ClusterConfig;
import io.holdfast.launcher.config.DrillConfig;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.Tools;
import io.holdfast.podman.PodmanAdapter;
import io.holdfast.podman.ScratchImage;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.postgres.DrillClusters;
import io.holdfast.postgres.HostServers;
import io.holdfast.storage.disk.FileSystemSpace;
import io.holdfast.storage.metadata.JsonMetadataCodec;
import io.holdfast.storage.state.FileDrillLedger;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where sets are drilled. */
final class DrillModule extends AbstractModule {

  private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "127.0.0.1", "0.0.0.0");

  @Provides
  @Singleton
  HostServers hostServers(
      HoldfastConfig config, HostCommandRunner runner, RecoveryJournal journal) {
    return new HostServers(runner, journal, config.lifecycle().drill().folder());
  }

  @Provides
  UseCases.DrillGround ground(
      HoldfastConfig config,
      HostServers hostServers,
      PodmanAdapter podman,
      HostCommandRunner runner,
      BackupEvents events,
      Clock clock,
      Surroundings surroundings) {
    DrillConfig drill = config.lifecycle().drill();
    Map<String, ScratchImage> images = new LinkedHashMap<>();
    Map<String, String> logins = new LinkedHashMap<>();
    for (ClusterConfig cluster : config.clusters()) {
      images.put(cluster.name(), image(cluster, drill));
      logins.put(cluster.name(), cluster.user().orElse(surroundings.userName()));
    }
    return new UseCases.DrillGround(
        List.of(podman.scratchServers(runner, drill.folder(), images), hostServers),
        new DrillClusters(logins, config.jobs(), events, clock),
        podman.scratchVolumes(),
        podman.destination(),
        List.of(podman.proof()),
        new FileSystemSpace(),
        drill.assertions(),
        runner,
        new FileDrillLedger(StateLocation.of(surroundings), new JsonMetadataCodec()),
        config.lifecycle().objectives().rto(),
        config.clusters().stream().map(ClusterConfig::name).toList());
  }

  private static ScratchImage image(ClusterConfig cluster, DrillConfig drill) {
    Optional<String> container =
        cluster.tools() instanceof Tools.InContainer inside
            ? Optional.of(inside.name())
            : Optional.empty();
    Optional<Integer> port =
        LOOPBACK.contains(cluster.host()) ? Optional.of(cluster.port()) : Optional.empty();
    return new ScratchImage(
        Optional.ofNullable(drill.images().get(cluster.name())), container, port);
  }
}
