package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.CreateContainers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes containers, volumes and networks that were made and not kept: those that carry the mark.
 */
final class CreationUndo {

  /** The annotation of a container, the label of a volume or network made for a restore. */
  static final String MARK = "io.holdfast.recreated";

  private final PodmanHost host;

  CreationUndo(PodmanHost host) {
    this.host = host;
  }

  /** Returns what was done. May be called again. */
  String undo(CreateContainers intent, Cancellation cancellation) {
    // Whoever was killed may have left a podman at work that is still making something.
    Orphans.await(intent.mark(), cancellation);
    List<String> removed = new ArrayList<>();
    for (String name : intent.containers()) {
      Optional<Container> container = host.container(name, cancellation).filter(made(intent));
      if (container.isPresent()) {
        host.podman()
            .text(cancellation, List.of("rm", "--force", "--volumes", "--time=5", "--", name));
        removed.add("container " + name);
      }
    }
    for (String name : intent.volumes()) {
      boolean ours =
          host.volume(name, cancellation)
              .map(volume -> intent.mark().equals(volume.labels().get(MARK)))
              .orElse(false);
      if (ours) {
        host.podman().text(cancellation, List.of("volume", "rm", "--", name));
        removed.add("volume " + name);
      }
    }
    removeNetworks(intent, removed, cancellation);
    return removed.isEmpty()
        ? "nothing was left of the containers of a restore"
        : String.join(", ", removed) + ", made by a restore that did not end, removed";
  }

  /** One that somebody else's container has joined meanwhile stays. */
  private void removeNetworks(
      CreateContainers intent, List<String> removed, Cancellation cancellation) {
    String ours = "--filter=label=" + MARK + "=" + intent.mark();
    String names =
        host.podman().text(cancellation, List.of("network", "ls", ours, "--format={{.Name}}"));
    for (String name : names.lines().toList()) {
      String used =
          host.podman()
              .text(cancellation, List.of("ps", "--all", "--quiet", "--filter=network=" + name));
      if (used.isEmpty()) {
        host.podman().text(cancellation, List.of("network", "rm", "--", name));
        removed.add("network " + name);
      }
    }
  }

  private static java.util.function.Predicate<Container> made(CreateContainers intent) {
    return container ->
        intent
            .mark()
            .equals(
                Inspection.map(container.inspected().path("Config").path("Annotations")).get(MARK));
  }
}
