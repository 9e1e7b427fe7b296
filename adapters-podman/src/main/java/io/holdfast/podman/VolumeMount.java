package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.podman.command.Podman;
import java.util.List;

/** A volume's files within reach; mounts the volume for as long where nobody else has. */
final class VolumeMount implements AutoCloseable {

  private final PodmanHost host;
  private final PodmanVolume volume;
  private final String folder;
  private boolean mountedHere;

  private VolumeMount(PodmanHost host, PodmanVolume volume, String folder, boolean mountedHere) {
    this.host = host;
    this.volume = volume;
    this.folder = folder;
    this.mountedHere = mountedHere;
  }

  static VolumeMount of(PodmanHost host, PodmanVolume volume, Cancellation cancellation) {
    return switch (volume.access()) {
      case FOLDER, BOUND -> new VolumeMount(host, volume, volume.dataFolder(), false);
      case MOUNTED ->
          volume.mounts() > 0
              ? new VolumeMount(host, volume, volume.mountPoint(), false)
              : mount(host, volume, cancellation);
      case FOREIGN ->
          throw new SourceFailure(
              FailureKind.SOURCE,
              "Volume " + volume.name() + " cannot be read: " + foreignDriver(volume),
              "");
    };
  }

  /** Why a volume of a plugin cannot be read, and what to do. */
  static String foreignDriver(PodmanVolume volume) {
    return "its driver "
        + volume.driver()
        + " keeps its files where only a plugin reaches them. Back it up by the driver's own"
        + " means, and exclude it here.";
  }

  String folder() {
    return folder;
  }

  /** A run that was interrupted still unmounts. */
  @Override
  public void close() {
    if (!mountedHere) {
      return;
    }
    mountedHere = false;
    host.filesystem(new Cancellation(), Podman.PROGRAM, "volume", "unmount", volume.name());
  }

  private static VolumeMount mount(
      PodmanHost host, PodmanVolume volume, Cancellation cancellation) {
    List<String> argv = List.of(Podman.PROGRAM, "volume", "mount", volume.name());
    PodmanHost.Outcome outcome = host.attempt(cancellation, argv);
    if (!outcome.result().succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Volume "
              + volume.name()
              + " cannot be mounted: "
              + outcome.result().stderrTail().strip(),
          "Try by hand: " + String.join(" ", argv));
    }
    return new VolumeMount(host, volume, outcome.output().strip(), true);
  }
}
