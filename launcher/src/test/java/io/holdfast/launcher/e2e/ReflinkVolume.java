package io.holdfast.launcher.e2e;

import java.nio.file.Path;

/** A volume on a file system of its own that has reflinks: xfs in a file. */
final class ReflinkVolume implements AutoCloseable {

  private final Path mount;
  private final String name;
  private final boolean mounted;

  private ReflinkVolume(String name, Path mount, boolean mounted) {
    this.name = name;
    this.mount = mount;
    this.mounted = mounted;
  }

  /** Makes one; the file goes into a folder. */
  static ReflinkVolume make(Podman podman, String name, Path folder) {
    Needs.programs("mkfs.xfs");
    String volume = podman.volume(name);
    Path mount = Podman.folder(volume).resolveSibling("");
    Shell.bash("truncate -s 400M %1$s/xfs && mkfs.xfs -q %1$s/xfs".formatted(folder));
    boolean mounted =
        new Shell().script("mount -o loop %s/xfs %s".formatted(folder, mount)).exit() == 0;
    if (mounted) {
      Shell.call("mkdir", mount.resolve("_data").toString());
    } else {
      System.err.println("This machine mounts no file as a disk: nothing is frozen in " + volume);
    }
    return new ReflinkVolume(volume, mount, mounted);
  }

  /** False on a machine that cannot mount a file: then it is a volume as any other. */
  boolean isReal() {
    return mounted;
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
    if (mounted) {
      Shell.bash("umount --lazy %s".formatted(mount));
    }
  }
}
