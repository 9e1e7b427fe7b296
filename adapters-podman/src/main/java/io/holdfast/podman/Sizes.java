package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Estimates how much there is to read of volumes, for progress bars. */
final class Sizes {

  /** A progress bar is not worth a longer walk. */
  private static final String PATIENCE_SECONDS = "10";

  private final PodmanHost host;

  Sizes(PodmanHost host) {
    this.host = host;
  }

  /** The bytes on disk, by the volume's name; nothing for those that it could not tell in time. */
  Map<String, Long> estimate(Collection<PodmanVolume> volumes, Cancellation cancellation) {
    Map<String, String> namesByFolder = new HashMap<>();
    volumes.stream()
        .filter(Sizes::isReadable)
        .forEach(volume -> namesByFolder.put(volume.dataFolder(), volume.name()));
    if (namesByFolder.isEmpty()) {
      return Map.of();
    }
    List<String> argv = new ArrayList<>(List.of("timeout", PATIENCE_SECONDS, "du"));
    argv.addAll(List.of("--summarize", "--block-size=1", "--null", "--dereference-args", "--"));
    argv.addAll(namesByFolder.keySet());
    Map<String, Long> sizes = new HashMap<>();
    for (String line : host.attempt(cancellation, argv).output().split("\0", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        String name = namesByFolder.getOrDefault(line.substring(tab + 1), "");
        sizes.put(name, Long.parseLong(line.substring(0, tab)));
      }
    }
    return sizes;
  }

  /** True when its files can be looked at without mounting it first. */
  static boolean isReadable(PodmanVolume volume) {
    return switch (volume.access()) {
      case FOLDER, BOUND -> true;
      case MOUNTED -> volume.mounts() > 0;
      case FOREIGN -> false;
    };
  }
}
