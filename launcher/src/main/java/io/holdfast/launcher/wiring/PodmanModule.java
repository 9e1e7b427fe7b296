package io.holdfast.launcher.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.Tools;
import io.holdfast.launcher.config.VolumesConfig;
import io.holdfast.podman.PodmanAdapter;
import io.holdfast.podman.ServedCluster;
import io.holdfast.podman.VolumeSettings;
import io.holdfast.podman.codec.GzipCodec;
import io.holdfast.podman.codec.PlainCodec;
import io.holdfast.podman.codec.ZstdCodec;
import io.holdfast.podman.command.HostCommandRunner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The host's Podman. Volumes can be restored where none are configured to be backed up. */
final class PodmanModule extends AbstractModule {

  @Provides
  @Singleton
  PodmanAdapter podman(HoldfastConfig config, HostCommandRunner host, RecoveryJournal journal) {
    VolumesConfig volumes = config.volumes().orElse(VolumesConfig.everything());
    VolumeSettings settings =
        new VolumeSettings(
            volumes.names().include(),
            volumes.names().exclude(),
            volumes.compression(),
            Set.copyOf(volumes.pause()),
            volumes.hold(),
            volumes.freeze(),
            volumes.fingerprint());
    return new PodmanAdapter(host, settings, served(config), journal);
  }

  private static List<ServedCluster> served(HoldfastConfig config) {
    return config.clusters().stream()
        .map(
            cluster ->
                new ServedCluster(
                    cluster.name(),
                    cluster.host(),
                    cluster.port(),
                    cluster.tools() instanceof Tools.InContainer container
                        ? Optional.of(container.name())
                        : Optional.empty()))
        .toList();
  }

  @Provides
  List<Codec> codecs(Surroundings surroundings) {
    int processors = surroundings.processors();
    return List.of(new PlainCodec(), new GzipCodec(processors), new ZstdCodec(processors));
  }
}
