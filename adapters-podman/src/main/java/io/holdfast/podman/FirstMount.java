package io.holdfast.podman;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.podman.command.Podman;
import java.util.List;

/**
 * Takes the first mount of a new volume upon itself. Podman fills a volume from the image and gives
 * its root folder the owner and mode of the image's at the first mount, and would do so to a
 * restored one. So a container that never runs mounts it before anything is in it: made of an
 * almost empty folder, initialised (which mounts), removed.
 */
final class FirstMount {

  private static final String TARGET = "/volume";
  private static final String NEVER_RUN = "/never-run";

  private final PodmanHost host;
  private final String volume;
  private final String container;

  FirstMount(PodmanHost host, String volume) {
    this.host = host;
    this.volume = volume;
    this.container = "holdfast-first-mount-of-" + volume;
  }

  /** Mounts it once; whether podman has taken note of it is left to the caller to see. */
  void perform(Cancellation cancellation) {
    String root = rootFolder(cancellation);
    try {
      makeEmptyFile(root + NEVER_RUN, cancellation);
      makeEmptyFile(root + TARGET + "/filled", cancellation);
      host.podman()
          .text(
              cancellation,
              List.of(
                  "create",
                  "--name=" + container,
                  "--network=none",
                  "--volume=" + volume + ":" + TARGET,
                  "--entrypoint=" + NEVER_RUN,
                  "--rootfs",
                  root));
      host.podman().text(cancellation, List.of("init", container));
    } finally {
      remove(new Cancellation());
      unmount(new Cancellation());
    }
  }

  /** Podman leaves mounted what a container that never ran had: here a folder that is bound. */
  private void unmount(Cancellation cancellation) {
    if (host.volume(volume, cancellation).map(PodmanVolume::mounts).orElse(0) > 0) {
      host.filesystem(cancellation, Podman.PROGRAM, "volume", "unmount", volume);
    }
  }

  /** Removes what is left of it, if anything. */
  void remove(Cancellation cancellation) {
    host.podman().text(cancellation, List.of("rm", "--force", "--ignore", "--time=0", container));
    new SiblingFolders(host).remove(rootFolder(cancellation), cancellation);
  }

  /** True when podman still means to change the volume at its next mount. */
  boolean isStillToCome(Cancellation cancellation) throws SourceFailure {
    return host.volume(volume, cancellation).map(PodmanVolume::settlesAtFirstMount).orElse(false);
  }

  private String rootFolder(Cancellation cancellation) {
    return host.about(cancellation).volumeFolder() + "/" + volume + "/holdfast-first-mount";
  }

  /** Executable, since podman looks for a program to run before it mounts anything. */
  private void makeEmptyFile(String path, Cancellation cancellation) {
    host.filesystem(cancellation, "install", "-D", "--mode=0755", "/dev/null", path);
  }
}
