package io.holdfast.podman;

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
import java.util.List;

/** The host's volumes and the containers that mount them, as a source of artifacts. */
final class VolumeSource implements ArtifactSource {

  private final PodmanHost host;
  private final VolumeSettings settings;

  VolumeSource(PodmanHost host, VolumeSettings settings) {
    this.host = host;
    this.settings = settings;
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
    return new VolumeDiscovery(host, settings, selection).look(cancellation);
  }

  @Override
  public FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation) {
    return FixedMoment.NONE;
  }

  @Override
  public ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    return switch (spec.id().kind()) {
      case VOLUME -> {
        VolumeExport volume = new VolumeExport(host, spec.id().name());
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
