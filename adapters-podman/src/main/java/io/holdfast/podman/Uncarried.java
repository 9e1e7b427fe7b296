package io.holdfast.podman;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What of a container cannot be carried over to a new one: an operator is told all of it. */
final class Uncarried {

  private static final Set<String> CARRIED =
      Set.of(
          "add-host",
          "annotation",
          "cap-add",
          "cap-drop",
          "cidfile",
          "cpu-shares",
          "cpus",
          "cpuset-cpus",
          "detach",
          "device",
          "dns",
          "dns-option",
          "dns-search",
          "entrypoint",
          "env",
          "env-file",
          "expose",
          "gidmap",
          "group-add",
          "health-cmd",
          "health-interval",
          "health-retries",
          "health-start-period",
          "health-timeout",
          "hostname",
          "init",
          "interactive",
          "ipc",
          "label",
          "label-file",
          "memory",
          "memory-reservation",
          "memory-swap",
          "mount",
          "name",
          "net",
          "network",
          "network-alias",
          "no-healthcheck",
          "oom-score-adj",
          "pid",
          "pids-limit",
          "privileged",
          "publish",
          "pull",
          "quiet",
          "read-only",
          "replace",
          "restart",
          "rm",
          "secret",
          "security-opt",
          "shm-size",
          "stop-signal",
          "stop-timeout",
          "tmpfs",
          "tty",
          "uidmap",
          "user",
          "userns",
          "uts",
          "volume",
          "workdir",
          "conmon-pidfile",
          "sdnotify",
          "cgroupns",
          "cgroups");

  /** What else can be said of a network than a container's other names on it. */
  private static final List<String> NETWORK_SETTINGS =
      List.of("ip=", "ip6=", "mac=", "interface_name=");

  private Uncarried() {}

  /** A sentence each. */
  static List<String> of(Inspection container, Set<String> volumesOfSet) {
    List<String> notes = new ArrayList<>();
    container.options().stream()
        .filter(option -> !CARRIED.contains(option))
        .forEach(
            option ->
                notes.add("the option --" + option + " that it was made with is not carried over"));
    if (!container.wasCommanded()) {
      notes.add("resource limits of its processes (ulimits) and kernel settings are left as usual");
    }
    notes.addAll(new Namespaces(container).uncarried());
    if (!container.networks().isEmpty()
        && container
            .option("network", "net")
            .filter(told -> NETWORK_SETTINGS.stream().anyMatch(told::contains))
            .isPresent()) {
      notes.add("its own addresses in its networks are not carried over");
    }
    for (Inspection.Mount mount : container.mounts()) {
      if (!mount.source().isEmpty()) {
        notes.add("the content of the host's " + mount.source() + " is not in the set");
      } else if (mount.volume().isEmpty()) {
        notes.add("the volume without a name at " + mount.destination() + " begins empty");
      } else if (!volumesOfSet.contains(mount.volume().get())) {
        notes.add("volume " + mount.volume().get() + " is not in the set and begins empty");
      }
    }
    redacted(container.config(), "Labels", notes);
    redacted(container.config(), "Annotations", notes);
    if (Inspection.map(container.config().path("Labels")).containsKey("PODMAN_SYSTEMD_UNIT")) {
      notes.add("systemd ran it by a unit; --write-quadlet writes one");
    }
    return notes;
  }

  /** Where a file that is written holds nothing but the sign that something was taken out. */
  static List<String> secrets(Inspection container) {
    return CreateOptions.holdingSecrets(container, JsonMapper.shared().missingNode()).stream()
        .map(what -> "the " + what + " held a secret: write it in the place of " + Redactor.MARK)
        .toList();
  }

  private static void redacted(
      tools.jackson.databind.JsonNode config, String what, List<String> notes) {
    for (Map.Entry<String, String> entry : Inspection.map(config.path(what)).entrySet()) {
      if (Inspection.isRedacted(entry.getKey() + entry.getValue())) {
        notes.add(
            "the value of " + what.replaceFirst("s$", "") + " " + entry.getKey() + " was secret");
      }
    }
  }
}
