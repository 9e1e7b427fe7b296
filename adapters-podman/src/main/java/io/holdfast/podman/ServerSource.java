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
import io.holdfast.domain.backup.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the servers of the configured clusters were made, where they run in containers: without it a
 * bare machine has dumps and no server to restore them to.
 */
final class ServerSource implements ArtifactSource {

  private final PodmanHost host;
  private final List<ServedCluster> clusters;
  private final Map<String, String> found = new TreeMap<>();

  ServerSource(PodmanHost host, List<ServedCluster> clusters) {
    this.host = host;
    this.clusters = List.copyOf(clusters);
  }

  @Override
  public String name() {
    return "servers of the clusters";
  }

  @Override
  public ArtifactId everything() {
    return ArtifactId.container("*");
  }

  /** No container is no fault: a cluster's own source tells when its server is not there. */
  @Override
  public Discovery discover(Selection selection, Cancellation cancellation) {
    if (!selection.kinds().contains(ArtifactKind.DATABASE) || clusters.isEmpty()) {
      return new Discovery(List.of(), List.of(), List.of());
    }
    List<Container> containers;
    try {
      containers = host.containers(cancellation);
    } catch (SourceFailure noPodman) {
      return new Discovery(List.of(), List.of(), List.of());
    }
    synchronized (found) {
      for (ServedCluster cluster : clusters) {
        new ServerContainers(containers)
            .serverOf(cluster)
            .ifPresent(container -> found.put(container.name(), cluster.cluster()));
      }
      return new Discovery(
          found.keySet().stream().map(ServerSource::spec).toList(), List.of(), List.of());
    }
  }

  private static ArtifactSpec spec(String container) {
    return new ArtifactSpec(
        ArtifactId.container(container), Encoding.NONE, OptionalLong.empty(), Set.of());
  }

  @Override
  public FixedMoment fix(List<ArtifactSpec> artifacts, Cancellation cancellation) {
    return FixedMoment.NONE;
  }

  @Override
  public ExportReport export(
      ArtifactSpec spec, OutputStream sink, OutputStream listing, Cancellation cancellation)
      throws IOException {
    String container = spec.id().name();
    Optional<String> cluster;
    synchronized (found) {
      cluster = Optional.ofNullable(found.get(container));
    }
    return new ContainerExport(host, container, cluster).run(sink, cancellation);
  }
}
