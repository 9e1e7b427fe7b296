package io.holdfast.podman;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the containers that a cluster's server runs in, or its tools. */
final class ServerContainers {

  private static final Set<String> THIS_HOST = Set.of("127.0.0.1", "localhost", "::1", "0.0.0.0");

  private final List<Container> containers;

  ServerContainers(List<Container> containers) {
    this.containers = containers;
  }

  /** The one that the server runs in; where its tools run in one, it is taken for that. */
  Optional<Container> serverOf(ServedCluster cluster) {
    return cluster.container().isPresent() ? toolsOf(cluster) : publishing(cluster);
  }

  /** Those without which none of its databases can be dumped. */
  List<Container> neededBy(ServedCluster cluster) {
    List<Container> needed = new ArrayList<>();
    toolsOf(cluster).ifPresent(needed::add);
    publishing(cluster).filter(server -> !needed.contains(server)).ifPresent(needed::add);
    return needed;
  }

  private Optional<Container> toolsOf(ServedCluster cluster) {
    return cluster
        .container()
        .flatMap(name -> containers.stream().filter(c -> c.name().equals(name)).findFirst());
  }

  private Optional<Container> publishing(ServedCluster cluster) {
    if (!THIS_HOST.contains(cluster.host())) {
      return Optional.empty();
    }
    Optional<Container> publishing =
        containers.stream()
            .filter(container -> container.runs() && publishes(container, cluster.port()))
            .findFirst();
    return publishing
        .filter(Container::infra)
        .flatMap(this::ofPod)
        .or(() -> publishing.filter(container -> !container.infra()));
  }

  private static boolean publishes(Container container, int port) {
    return container.published().stream()
        .anyMatch(p -> p.hostPort() == port && p.containerPort().endsWith("/tcp"));
  }

  /** In a pod it is the infra container that publishes. */
  private Optional<Container> ofPod(Container infra) {
    return containers.stream()
        .filter(c -> c.pod().equals(infra.pod()) && PodmanScout.servesPostgres(c))
        .findFirst();
  }
}
