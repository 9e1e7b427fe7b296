package io.holdfast.podman;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The host's volumes and the containers that mount them, as a source of artifacts. */
final class VolumeSource implements ArtifactSource {

  private final PodmanHost host;
  private final VolumeSettings settings;
  private final List<ServedCluster> clusters;
  private final VolumeFreezer freezer;
  private volatile Set<ArtifactId> still = Set.of();
  private volatile List<PodmanVolume> seen = List.of();
  private volatile FrozenVolumes frozen;

  VolumeSource(
      PodmanHost host,
      VolumeSettings settings,
      List<ServedCluster> clusters,
      VolumeFreezer freezer) {
    this.host = host;
    this.settings = settings;
    this.clusters = clusters;
    this.freezer = freezer;
    this.frozen = new FrozenVolumes(freezer, Set.of());
  }

  @Override
  public String name() {
    return "volumes";
  }

  @Override
  public ArtifactId everything() {
    return ArtifactId.volume("*");
  }

  @Override
  public Discovery discover(Selection selection, Cancellation cancellation) {
    if (!selection.kinds().contains(ArtifactKind.VOLUME)) {
      return new Discovery(List.of(), List.of(), List.of());
    }
    VolumeDiscovery discovery = new VolumeDiscovery(host, settings, selection);
    Discovery found = discovery.look(cancellation);
    still = discovery.still();
    seen = discovery.readable();
    if (!selection.kinds().contains(ArtifactKind.DATABASE)) {
      return found;
    }
    List<String> warnings = new ArrayList<>(found.warnings());
    discovery.heldServers(clusters).values().forEach(warnings::add);
    return new Discovery(found.artifacts(), found.failures(), warnings);
  }

  @Override
  public FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation) {
    FrozenVolumes fixed = new FrozenVolumes(freezer, still);
    boolean done = false;
    try {
      freeze(artifacts, fixed, cancellation);
      done = true;
    } finally {
      if (!done) {
        fixed.close();
      }
    }
    frozen = fixed;
    return fixed;
  }

  /**
   * Freezes what is held: for anything else a copy of one moment gains nothing. Podman is not asked
   * again meanwhile: the containers wait.
   */
  private void freeze(
      List<ArtifactSpec> artifacts, FrozenVolumes fixed, Cancellation cancellation) {
    List<ArtifactSpec> held = artifacts.stream().filter(spec -> !spec.holds().isEmpty()).toList();
    if (!settings.freeze() || held.isEmpty()) {
      return;
    }
    List<PodmanVolume> volumes = seen;
    for (ArtifactSpec spec : held) {
      String name = spec.id().name();
      try {
        volumes.stream()
            .filter(volume -> volume.name().equals(name))
            .findFirst()
            .flatMap(volume -> freezer.freeze(volume, cancellation))
            .ifPresent(copy -> fixed.add(spec.id(), copy));
      } catch (SourceFailure failure) {
        fixed.remark(VolumeFreezer.remark(name, failure));
      }
    }
  }

  @Override
  public ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    return switch (spec.id().kind()) {
      case VOLUME -> {
        VolumeExport volume = new VolumeExport(host, spec.id().name(), frozen.folderOf(spec.id()));
        yield spec.listed()
            ? volume.run(sink, listing, cancellation)
            : volume.run(sink, cancellation);
      }
      case CONTAINER -> new ContainerExport(host, spec.id().name()).run(sink, cancellation);
      case DATABASE, GLOBALS ->
          throw new IllegalArgumentException(spec.id().describe() + " is not Podman's");
    };
  }
}
