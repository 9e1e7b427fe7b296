package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.List;

/** The folders beside a volume's data folder, handled with the rights of their owner. */
final class SiblingFolders {

  private final PodmanHost host;

  SiblingFolders(PodmanHost host) {
    this.host = host;
  }

  /** True when it is there, as anything but a symbolic link that leads nowhere. */
  boolean exists(String path, Cancellation cancellation) {
    return host.attempt(cancellation, List.of("test", "-e", path)).result().succeeded();
  }

  boolean isEmpty(String folder, Cancellation cancellation) {
    return host.filesystem(
            cancellation, "find", folder, "-mindepth", "1", "-maxdepth", "1", "-print", "-quit")
        .isEmpty();
  }

  void create(String folder, Cancellation cancellation) {
    host.filesystem(cancellation, "mkdir", "--mode=0700", "--", folder);
  }

  /** Renames within one folder; never moves into an existing one. */
  void rename(String from, String to, Cancellation cancellation) {
    host.filesystem(cancellation, "mv", "--no-target-directory", "--", from, to);
  }

  void remove(String folder, Cancellation cancellation) {
    host.filesystem(cancellation, "rm", "--recursive", "--force", "--", folder);
  }

  /** Has all of the folder's file system on disk. */
  void flush(String folder, Cancellation cancellation) {
    host.filesystem(cancellation, "sync", "--file-system", "--", folder);
  }

  /** Free bytes for this user where the folder is. */
  long available(String folder, Cancellation cancellation) {
    String shown =
        host.filesystem(cancellation, "df", "--output=avail", "--block-size=1", "--", folder);
    return Long.parseLong(shown.substring(shown.lastIndexOf('\n', shown.length() - 2) + 1).strip());
  }

  /** True when its owner may rename what is in it. */
  boolean isWritable(String folder, Cancellation cancellation) {
    return host.attempt(cancellation, List.of("test", "-w", folder)).result().succeeded();
  }

  /** True when the folder is where a file system is mounted, so that it cannot be renamed. */
  boolean isMountPoint(String folder, Cancellation cancellation) {
    return host.attempt(cancellation, List.of("mountpoint", "--quiet", folder))
        .result()
        .succeeded();
  }
}
