package io.holdfast.operations.systemd;

import java.util.ArrayList;
import java.util.List;

/** What a service may not do. */
final class Sandbox {

  private Sandbox() {}

  /**
   * The directives, with their reasons.
   *
   * @param podman true when it works with containers and volumes
   * @param user true for a unit of a user's own manager
   */
  static List<String> of(boolean podman, boolean user) {
    if (podman) {
      return List.of(
          "# Works with containers, pauses and resumes them, and starts those again that a killed",
          "# restore had stopped. So no namespace of its own (PrivateTmp=, ProtectSystem=, ...): a",
          "# container's mounts and network would be made in it, out of the host's sight. And no",
          "# NoNewPrivileges= or filter of system calls: containers would inherit them, SELinux",
          "# could not enter their domain, and newuidmap of rootless Podman would not work.",
          "KeyringMode=private");
    }
    List<String> lines = new ArrayList<>();
    lines.add("# Reads and writes storage and its own state, and starts no container.");
    lines.add("NoNewPrivileges=yes");
    lines.add("LockPersonality=yes");
    lines.add("RestrictRealtime=yes");
    lines.add("RestrictSUIDSGID=yes");
    lines.add("SystemCallArchitectures=native");
    lines.add("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK");
    if (user) {
      lines.add("# A user's manager has no right to make the namespaces of more.");
      return lines;
    }
    lines.add("RestrictNamespaces=yes");
    lines.add("KeyringMode=private");
    lines.add(
        "# /usr, /boot and /etc are read-only. Not strict: targets and metrics lie anywhere.");
    lines.add("ProtectSystem=full");
    lines.add("# Keys may lie there; nothing is written, unless a target does.");
    lines.add("ProtectHome=no");
    lines.add("PrivateTmp=yes");
    lines.add("PrivateDevices=yes");
    lines.add("ProtectClock=yes");
    lines.add("ProtectControlGroups=yes");
    lines.add("ProtectHostname=yes");
    lines.add("ProtectKernelLogs=yes");
    lines.add("ProtectKernelModules=yes");
    lines.add("ProtectKernelTunables=yes");
    lines.add("# No MemoryDenyWriteExecute=: Java compiles what it runs.");
    return lines;
  }
}
