package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContainerRecreation.Secrets;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for what keeps containers from being made. Changes nothing. */
final class ForgeObstacles {

  private static final Pattern PUBLISHED =
      Pattern.compile("(?:\\[?([^\\]]*?)\\]?:)?(\\d+):(\\d+)/tcp");

  private final PodmanHost host;
  private final List<Recipe> recipes;
  private final Set<String> missing;
  private final Set<String> restored;
  private final List<Obstacle> obstacles = new ArrayList<>();

  /**
   * @param missing the volumes that will be made empty
   * @param restored the volumes that the set brings
   */
  ForgeObstacles(PodmanHost host, List<Recipe> recipes, Set<String> missing, Set<String> restored) {
    this.host = host;
    this.recipes = recipes;
    this.missing = missing;
    this.restored = restored;
  }

  List<Obstacle> find(Cancellation cancellation) {
    Set<String> containers =
        host.containers(cancellation).stream().map(Container::name).collect(Collectors.toSet());
    Set<String> volumes =
        host.volumes(cancellation).stream().map(PodmanVolume::name).collect(Collectors.toSet());
    for (Recipe recipe : recipes) {
      String name = recipe.inspection().name();
      if (containers.contains(name)) {
        add(
            "container " + name + " exists",
            "Holdfast removes no container that it did not make: podman rm --force "
                + name
                + " (its volumes stay), or leave --recreate-containers out.");
      } else {
        recipe.inspection().published().forEach(port -> lookAtPort(name, port));
      }
      lookAt(recipe, cancellation);
    }
    missing.stream()
        .filter(volumes::contains)
        .forEach(
            name ->
                add(
                    "volume " + name + " exists and is not in the set",
                    "A new server must begin with an empty one: look into it, then podman volume rm "
                        + name));
    return obstacles;
  }

  private void lookAt(Recipe recipe, Cancellation cancellation) {
    Inspection inspection = recipe.inspection();
    String name = inspection.name();
    if (recipe.image().isMissingNode()) {
      add("there is no image " + inspection.image(), "podman pull " + inspection.image());
    }
    if (inspection.pod().isPresent() || new Namespaces(inspection).ofAnother()) {
      add(
          "container " + name + " shares a pod, a network or a namespace with another container",
          "Have files written with --write-kube FILE, adapt them, and restore databases and volumes"
              + " without --recreate-containers.");
    }
    for (String variable : recipe.unknown()) {
      add(
          "container " + name + " needs the value of " + variable + ", which no set holds",
          "Set " + Secrets.variable(name, variable) + " in the environment.");
    }
    for (String holding : CreateOptions.holdingSecrets(inspection, recipe.image())) {
      add(
          "the " + holding + " of container " + name + " holds a secret, which no set holds",
          "Make it by hand from containers/ of the set.");
    }
    if (recipe.cluster().isPresent()) {
      inspection.volumes().stream()
          .filter(restored::contains)
          .forEach(
              volume ->
                  add(
                      "volume " + volume + " of server " + name + " is in the set itself",
                      "Restore the volumes alone, make the container by hand, and look whether its"
                          + " databases need a restore."));
    }
    for (Inspection.Mount mount : inspection.mounts()) {
      if (!mount.source().isEmpty()
          && !new SiblingFolders(host).exists(mount.source(), cancellation)) {
        add(
            "container " + name + " mounts " + mount.source() + ", which is not there",
            "Bring it back: it is a file or folder of the host, and not in the set.");
      }
    }
    for (String secret : inspection.secrets()) {
      boolean there =
          host.podman()
              .attempt(cancellation, List.of("secret", "inspect", "--", secret))
              .result()
              .succeeded();
      if (!there) {
        add("there is no podman secret " + secret, "podman secret create " + secret + " FILE");
      }
    }
  }

  private void lookAtPort(String container, String published) {
    Matcher parts = PUBLISHED.matcher(published);
    if (!parts.matches()) {
      return;
    }
    String address = parts.group(1) == null ? "0.0.0.0" : parts.group(1);
    int port = Integer.parseInt(parts.group(2));
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      socket.setReuseAddress(true);
    } catch (IOException taken) {
      String why = String.valueOf(taken.getMessage());
      if (why.contains("in use")) {
        add(
            "port " + port + ", which container " + container + " publishes, is in use",
            "ss -ltnp 'sport = :" + port + "' tells by whom.");
      } else if (why.contains("Cannot assign")) {
        add(
            "container " + container + " publishes on " + address + ", which this host has not",
            "Give this host the address, or have files written with --write-kube and adapt them.");
      }
    }
  }

  private void add(String problem, String remedy) {
    obstacles.add(new Obstacle(problem, remedy));
  }
}
