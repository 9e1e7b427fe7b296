package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * Takes all of it away. May be called again. What has a name of the drill's and not its label is
   * somebody else's and stays.
   *
   * @throws SourceFailure when there is such a thing, after all else was taken away
   */
  void remove(Intent.Scratch scratch, Cancellation cancellation) {
    List<String> others = new ArrayList<>();
    for (String container : scratch.containers()) {
      if (host.container(container, cancellation).filter(c -> !isOf(scratch, c)).isPresent()) {
        others.add("container " + container);
      } else {
        remove(container, cancellation);
      }
    }
    for (String volume : scratch.volumes()) {
      Optional<PodmanVolume> found = host.volume(volume, cancellation);
      if (found.filter(v -> !scratch.drill().equals(v.labels().get(LABEL))).isPresent()) {
        others.add("volume " + volume);
      } else if (found.isPresent()) {
        host.podman().text(cancellation, List.of("volume", "rm", "--force", volume));
      }
    }
    // A container of a rootless Podman leaves files there that only its own user may delete.
    for (String folder : scratch.folders()) {
      host.filesystem(cancellation, "rm", "--recursive", "--force", "--", folder);
    }
    if (!others.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Not removed, for it has a name of drill "
              + scratch.drill()
              + " and not its label "
              + LABEL
              + ": "
              + String.join(", ", others)
              + ".",
          "See whose it is; rename or remove it, and run holdfast check.");
    }
  }

  private static boolean isOf(Intent.Scratch scratch, Container container) {
    String label = container.inspected().path("Config").path("Labels").path(LABEL).asString("");
    return label.equals(scratch.drill());
  }

  /** One that was half made is in no list, and has no label yet. */
  private void remove(String container, Cancellation cancellation) {
    host.podman()
        .text(
            cancellation, List.of("rm", "--force", "--volumes", "--ignore", "--time=0", container));
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
