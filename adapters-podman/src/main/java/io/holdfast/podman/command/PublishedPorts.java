package io.holdfast.podman.command;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Endpoint;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The ports that a container publishes on its host, for looking up what is behind one. */
final class PublishedPorts {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String OF_ANOTHER_CONTAINER = "container:";

  private final Podman podman;
  private final String container;

  PublishedPorts(Podman podman, String container) {
    this.podman = podman;
    this.container = container;
  }

  /** The endpoint inside; the same where it is none of this host or not published. */
  Endpoint behind(Endpoint fromHost, Cancellation cancellation) {
    boolean unixSocket = fromHost.host().startsWith("/");
    JsonNode inspected = inspect(container, cancellation);
    if (unixSocket || !isThisHost(fromHost.host())) {
      return fromHost;
    }
    return containerPort(inspected, fromHost.port())
        .or(() -> networkOwner(inspected).flatMap(owner -> ofOwner(owner, fromHost, cancellation)))
        .map(port -> new Endpoint(LOOPBACK, port))
        .orElse(fromHost);
  }

  /** In a pod it is the infra container that publishes. */
  private Optional<Integer> ofOwner(String owner, Endpoint fromHost, Cancellation cancellation) {
    return containerPort(inspect(owner, cancellation), fromHost.port());
  }

  private JsonNode inspect(String name, Cancellation cancellation) {
    List<String> arguments = List.of("container", "inspect", name);
    Podman.Answer answer = podman.attempt(cancellation, arguments);
    if (answer.result().succeeded()) {
      return podman.parse(arguments, answer.text()).path(0);
    }
    if (answer.result().stderrTail().contains("no such container")) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "There is no container " + name + ".",
          "Correct its name, or create it; podman ps --all lists what there is.");
    }
    throw Podman.failure(arguments, answer.result());
  }

  private static Optional<String> networkOwner(JsonNode inspected) {
    String mode = inspected.path("HostConfig").path("NetworkMode").asString("");
    return mode.startsWith(OF_ANOTHER_CONTAINER)
        ? Optional.of(mode.substring(OF_ANOTHER_CONTAINER.length()))
        : Optional.empty();
  }

  private static Optional<Integer> containerPort(JsonNode inspected, int hostPort) {
    for (Map.Entry<String, JsonNode> port :
        inspected.path("NetworkSettings").path("Ports").properties()) {
      for (JsonNode binding : port.getValue()) {
        if (binding.path("HostPort").asString("").equals(Integer.toString(hostPort))
            && port.getKey().endsWith("/tcp")) {
          return Optional.of(
              Integer.parseInt(port.getKey().substring(0, port.getKey().indexOf('/'))));
        }
      }
    }
    return Optional.empty();
  }

  /** A name that cannot be resolved here may well be one that only the container knows. */
  private static boolean isThisHost(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }
}
