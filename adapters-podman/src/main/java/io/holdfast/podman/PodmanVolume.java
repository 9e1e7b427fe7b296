package io.holdfast.podman;

import io.holdfast.domain.backup.ArtifactOrigin.FromVolume;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A volume as {@code podman volume inspect} tells it.
 *
 * @param name its name
 * @param driver its driver
 * @param mountPoint where podman mounts it or keeps its data
 * @param labels its labels
 * @param options its driver options, as {@code podman volume create --opt} takes them
 * @param mounts how many users podman counts that have it mounted
 * @param settlesAtFirstMount true when podman will change its root folder's owner and mode at its
 *     first mount
 */
record PodmanVolume(
    String name,
    String driver,
    String mountPoint,
    Map<String, String> labels,
    Map<String, String> options,
    int mounts,
    boolean settlesAtFirstMount) {

  static final String LOCAL = "local";

  /** How its data is reached. */
  enum Access {
    /** A plain folder of podman's. */
    FOLDER,
    /** A folder of the host's, that podman binds. */
    BOUND,
    /** A file system that podman mounts. */
    MOUNTED,
    /** Known to a plugin alone. */
    FOREIGN
  }

  static PodmanVolume of(JsonNode inspected) {
    return new PodmanVolume(
        inspected.path("Name").asString(""),
        inspected.path("Driver").asString(LOCAL),
        inspected.path("Mountpoint").asString(""),
        strings(inspected.path("Labels")),
        creationOptions(inspected.path("Options")),
        inspected.path("MountCount").asInt(0),
        // NeedsCopyUp stays true on a volume that was not empty when it was first mounted.
        inspected.path("NeedsChown").asBoolean(false));
  }

  Access access() {
    return accessOf(driver, options);
  }

  static Access accessOf(String driver, Map<String, String> options) {
    if (!driver.equals(LOCAL)) {
      return Access.FOREIGN;
    }
    if (!options.containsKey("device")) {
      return Access.FOLDER;
    }
    String how = "," + options.getOrDefault("o", "") + ",";
    return how.contains(",bind,") || how.contains(",rbind,") ? Access.BOUND : Access.MOUNTED;
  }

  /** Where its data is, whether or not a container has it mounted. */
  String dataFolder() {
    return dataFolderOf(driver, options, mountPoint);
  }

  static String dataFolderOf(String driver, Map<String, String> options, String mountPoint) {
    return switch (accessOf(driver, options)) {
      case BOUND -> options.getOrDefault("device", mountPoint).replaceFirst("(?<=[^/])/+$", "");
      case FOLDER, MOUNTED, FOREIGN -> mountPoint;
    };
  }

  FromVolume origin() {
    return new FromVolume(driver, labels, options);
  }

  /** Podman shows the uid and gid of option "o" as options of their own, and takes them as none. */
  private static Map<String, String> creationOptions(JsonNode options) {
    Map<String, String> taken = strings(options);
    if (taken.containsKey("o")) {
      taken.remove("UID");
      taken.remove("GID");
    }
    return taken;
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new TreeMap<>();
    object.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asString("")));
    return strings;
  }
}
