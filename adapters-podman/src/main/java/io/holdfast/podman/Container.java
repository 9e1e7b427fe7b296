package io.holdfast.podman;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A container as {@code podman container inspect} tells it.
 *
 * @param name its name
 * @param status {@code running}, {@code paused}, {@code exited}, ...
 * @param image the name of its image
 * @param volumes the volumes that it mounts
 * @param environment its environment
 * @param published the host ports that are published, each with its own port: {@code 5432/tcp}
 * @param pod the id of its pod
 * @param infra true when it holds a pod together and does nothing else
 * @param removedWhenStopped true when it was started with {@code --rm}
 * @param inspected all that podman tells of it
 */
record Container(
    String name,
    String status,
    String image,
    List<String> volumes,
    Map<String, String> environment,
    List<Publication> published,
    Optional<String> pod,
    boolean infra,
    boolean removedWhenStopped,
    JsonNode inspected) {

  /**
   * A published port.
   *
   * @param hostAddress where on the host; empty for everywhere
   * @param hostPort the port on the host
   * @param containerPort the port inside, with its protocol
   */
  record Publication(String hostAddress, int hostPort, String containerPort) {}

  static Container of(JsonNode inspected) {
    JsonNode config = inspected.path("Config");
    JsonNode hostConfig = inspected.path("HostConfig");
    String pod = inspected.path("Pod").asString("");
    return new Container(
        inspected.path("Name").asString(""),
        inspected.path("State").path("Status").asString(""),
        inspected.path("ImageName").asString(""),
        volumes(inspected.path("Mounts")),
        environment(config.path("Env")),
        published(inspected.path("NetworkSettings").path("Ports")),
        pod.isEmpty() ? Optional.empty() : Optional.of(pod),
        inspected.path("IsInfra").asBoolean(false),
        hostConfig.path("AutoRemove").asBoolean(false),
        inspected);
  }

  boolean runs() {
    return status.equals("running");
  }

  boolean isPaused() {
    return status.equals("paused");
  }

  /** True when it was asked to stop and has not yet: it cannot be started until then. */
  boolean isStopping() {
    return status.equals("stopping");
  }

  /** The unit of systemd that owns it. */
  Optional<String> unit() {
    String named =
        inspected.path("Config").path("Labels").path(SystemdUnits.LABEL).asString("").strip();
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  boolean mounts(String volume) {
    return volumes.contains(volume);
  }

  private static List<String> volumes(JsonNode mounts) {
    List<String> names = new ArrayList<>();
    for (JsonNode mount : mounts) {
      if (mount.path("Type").asString("").equals("volume")) {
        names.add(mount.path("Name").asString(""));
      }
    }
    return names;
  }

  private static Map<String, String> environment(JsonNode assignments) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode assignment : assignments) {
      String text = assignment.asString("");
      int equals = text.indexOf('=');
      if (equals > 0) {
        environment.put(text.substring(0, equals), text.substring(equals + 1));
      }
    }
    return environment;
  }

  private static List<Publication> published(JsonNode ports) {
    List<Publication> published = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : ports.properties()) {
      for (JsonNode binding : port.getValue()) {
        published.add(
            new Publication(
                binding.path("HostIp").asString(""),
                binding.path("HostPort").asInt(0),
                port.getKey()));
      }
    }
    return published;
  }

  /** Shows no more than its name: its environment holds secrets. */
  @Override
  public String toString() {
    return "container " + name + " (" + status + ")";
  }
}
