package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import java.util.List;
import java.util.Map;

/** What there is of Podman's for a drill, and how it is taken away again. */
final class Scratch {

  /** On every container and volume of a drill; its value is the drill's name. */
  static final String LABEL = "io.holdfast.drill";

  private final PodmanHost host;

  Scratch(PodmanHost host) {
    this.host = host;
  }

  static Map<String, String> labels(String drill) {
    return Map.of(LABEL, drill);
  }

  /** True for a volume that is there for a drill: it is no data of this host's. */
  static boolean isScratch(PodmanVolume volume) {
    return volume.labels().containsKey(LABEL);
  }

  /** Takes all of it away. May be called again. */
  void remove(Intent.Scratch scratch, Cancellation cancellation) {
    for (String container : scratch.containers()) {
      host.podman()
          .text(
              cancellation,
              List.of("rm", "--force", "--volumes", "--ignore", "--time=0", container));
    }
    for (String volume : scratch.volumes()) {
      host.volume(volume, cancellation)
          .filter(found -> scratch.drill().equals(found.labels().get(LABEL)))
          .ifPresent(
              found ->
                  host.podman()
                      .text(cancellation, List.of("volume", "rm", "--force", found.name())));
    }
    // A container of a rootless Podman leaves files there that only its own user may delete.
    for (String folder : scratch.folders()) {
      host.filesystem(cancellation, "rm", "--recursive", "--force", "--", folder);
    }
  }

  /** The same after a killed run, whose last programs may still be at work. */
  String undo(Intent.Scratch scratch, Cancellation cancellation) {
    remove(scratch, cancellation);
    scratch.containers().forEach(container -> Orphans.await(container, cancellation));
    scratch.volumes().forEach(volume -> Orphans.await(volume, cancellation));
    remove(scratch, cancellation);
    return "what drill " + scratch.drill() + " had made was removed";
  }
}
