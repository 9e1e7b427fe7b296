package io.holdfast.storage.local;

import io.holdfast.storage.disk.DiskFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The file system that a repository is on, or will be.
 *
 * @param type as the system calls it: {@code ext4}
 */
record FileSystem(String type) {

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<String> SHARED =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.s3fs", "ceph");

  static FileSystem at(Path root) {
    try {
      return new FileSystem(Files.getFileStore(DiskFailures.nearestExisting(root)).type());
    } catch (IOException unknown) {
      return new FileSystem("");
    }
  }

  /** What is to be known of it, in a short phrase. */
  String describe() {
    if (type.isEmpty()) {
      return "unknown file system";
    }
    if (IN_MEMORY.contains(type)) {
      return "in memory (" + type + "): gone when the host restarts";
    }
    if (SHARED.contains(type)) {
      return type + ": as durable as what serves it";
    }
    return type + ": synced before a commit returns";
  }
}
