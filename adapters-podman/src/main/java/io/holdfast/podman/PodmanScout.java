package io.holdfast.podman;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HostScout;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds volumes, and containers that run PostgreSQL where the host can reach it. */
final class PodmanScout implements HostScout {

  private static final String POSTGRES_PORT = "5432/tcp";
  private static final int POSTGRES_PORT_NUMBER = 5432;
  private static final String DEFAULT_USER = "postgres";
  private static final Pattern POSTGRES_IMAGE =
      Pattern.compile("(.*[/_-])?(postgres|postgresql|postgis|timescaledb|pgvector)([_:@-].*)?");

  private final PodmanHost host;

  PodmanScout(PodmanHost host) {
    this.host = host;
  }

  @Override
  public Sighting look(Cancellation cancellation) {
    try {
      List<Container> containers = host.containers(cancellation);
      List<PodmanVolume> volumes = host.volumes(cancellation);
      Map<String, String> servers = new DataDirectories(host).find(volumes, cancellation);
      return new Sighting(
          containers.stream()
              .filter(container -> container.runs() && servesPostgres(container))
              .flatMap(container -> cluster(container).stream())
              .toList(),
          volumes.stream()
              .sorted(Comparator.comparing(PodmanVolume::name))
              .map(volume -> sighted(volume, containers, servers))
              .toList(),
          containers.stream()
              .filter(container -> container.runs() && servesPostgres(container))
              .filter(container -> cluster(container).isEmpty())
              .map(PodmanScout::unpublished)
              .toList());
    } catch (SourceFailure e) {
      return new Sighting(List.of(), List.of(), List.of(e.getMessage() + " " + e.hint()));
    }
  }

  static boolean servesPostgres(Container container) {
    return !container.infra()
        && (container.environment().containsKey("PGDATA")
            || POSTGRES_IMAGE.matcher(container.image()).matches());
  }

  private static Optional<Cluster> cluster(Container container) {
    return published(container)
        .or(() -> onHostNetwork(container))
        .map(
            listening ->
                new Cluster(
                    container.name(),
                    listening.hostAddress(),
                    listening.hostPort(),
                    Optional.of(
                        container.environment().getOrDefault("POSTGRES_USER", DEFAULT_USER)),
                    Optional.of(container.name())));
  }

  private static Optional<Container.Publication> published(Container container) {
    String inside = port(container) + "/tcp";
    return container.published().stream()
        .filter(port -> port.containerPort().equals(inside))
        .map(port -> new Container.Publication(reachable(port.hostAddress()), port.hostPort(), ""))
        .findFirst();
  }

  private static Optional<Container.Publication> onHostNetwork(Container container) {
    String mode = container.inspected().path("HostConfig").path("NetworkMode").asString("");
    return mode.equals("host")
        ? Optional.of(new Container.Publication("127.0.0.1", port(container), ""))
        : Optional.empty();
  }

  private static int port(Container container) {
    try {
      return Integer.parseInt(
          container.environment().getOrDefault("PGPORT", "" + POSTGRES_PORT_NUMBER));
    } catch (NumberFormatException e) {
      return POSTGRES_PORT_NUMBER;
    }
  }

  private static String reachable(String hostAddress) {
    return Stream.of("", "0.0.0.0", "::").anyMatch(hostAddress::equals) ? "127.0.0.1" : hostAddress;
  }

  private static String unpublished(Container container) {
    return "Container "
        + container.name()
        + " looks like a PostgreSQL server and publishes no port: publish "
        + POSTGRES_PORT
        + " to the host, so that Holdfast can ask it what it has.";
  }

  private static Volume sighted(
      PodmanVolume volume, List<Container> containers, Map<String, String> servers) {
    List<Container> users =
        containers.stream().filter(container -> container.mounts(volume.name())).toList();
    return new Volume(
        volume.name(),
        users.stream().map(Container::name).sorted().toList(),
        servers.containsKey(volume.name())
            && users.stream().anyMatch(user -> user.runs() && !user.infra()));
  }
}
