package io.holdfast.launcher.e2e;

import java.nio.file.Path;

/** A volume on a file system of its own that has reflinks: xfs in a file. */
final class ReflinkVolume implements AutoCloseable {

  private final Path mount;
  private final String name;

  private ReflinkVolume(String name, Path mount) {
    this.name = name;
    this.mount = mount;
  }

  /** Makes one; the file goes into a folder. */
  static ReflinkVolume make(Podman podman, String name, Path folder) {
    Needs.programs("mkfs.xfs");
    String volume = podman.volume(name);
    Path mount = Podman.folder(volume).resolveSibling("");
    Shell.bash(
        "truncate -s 400M %1$s/xfs && mkfs.xfs -q %1$s/xfs && mount -o loop %1$s/xfs %2$s && mkdir %2$s/_data"
            .formatted(folder, mount));
    return new ReflinkVolume(volume, mount);
  }

  String name() {
    return name;
  }

  /** What lies beside the data. */
  String frozen() {
    return Shell.call("find", mount.toString(), "-maxdepth", "1", "-name", "*.holdfast-frozen-*")
        .trim();
  }

  @Override
  public void close() {
    Shell.bash("umount --lazy %s".formatted(mount));
  }
}
