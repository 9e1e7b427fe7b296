package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds volumes that hold the data directory of a PostgreSQL server that runs or was killed: a
 * {@code PG_VERSION} beside a {@code postmaster.pid}, at the root or up to two folders below it.
 */
final class DataDirectories {

  private static final String DEPTH = "3";

  private final PodmanHost host;

  DataDirectories(PodmanHost host) {
    this.host = host;
  }

  /**
   * Looks into volumes. One that cannot be looked into counts as holding none: whoever reads it
   * next says so.
   *
   * @return the data directory within its volume, by the volume's name; {@code "."} for its root
   */
  Map<String, String> find(Collection<PodmanVolume> volumes, Cancellation cancellation) {
    Map<String, String> namesByFolder = new HashMap<>();
    volumes.stream()
        .filter(Sizes::isReadable)
        .forEach(volume -> namesByFolder.put(volume.dataFolder(), volume.name()));
    if (namesByFolder.isEmpty()) {
      return Map.of();
    }
    List<String> argv = new ArrayList<>(List.of("find", "-H"));
    argv.addAll(namesByFolder.keySet());
    argv.addAll(List.of("-maxdepth", DEPTH, "-type", "f", "("));
    argv.addAll(List.of("-name", "PG_VERSION", "-o", "-name", "postmaster.pid", ")"));
    argv.addAll(List.of("-printf", "%H\\0%P\\0"));
    return pairs(host.attempt(cancellation, argv).output().split("\0", -1), namesByFolder);
  }

  private static Map<String, String> pairs(String[] found, Map<String, String> namesByFolder) {
    Set<String> versions = new HashSet<>();
    Set<String> running = new HashSet<>();
    for (int i = 0; i + 1 < found.length; i += 2) {
      int slash = found[i + 1].lastIndexOf('/');
      String folder = found[i] + "\0" + (slash < 0 ? "." : found[i + 1].substring(0, slash));
      (found[i + 1].endsWith("PG_VERSION") ? versions : running).add(folder);
    }
    running.retainAll(versions);
    Map<String, String> directories = new HashMap<>();
    for (String folder : running) {
      int split = folder.indexOf('\0');
      String volume = namesByFolder.getOrDefault(folder.substring(0, split), "");
      directories.merge(volume, folder.substring(split + 1), (a, b) -> a.compareTo(b) < 0 ? a : b);
    }
    return directories;
  }
}
