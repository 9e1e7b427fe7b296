package io.holdfast.podman;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
          "user",
          "userns",
          "uts",
          "volume",
          "workdir",
          "conmon-pidfile",
          "sdnotify",
          "cgroups");

  private Uncarried() {}

  /** A sentence each. */
  static List<String> of(Inspection container, Set<String> volumesOfSet) {
    List<String> notes = new ArrayList<>();
    Set<String> options = new TreeSet<>();
    List<String> command = container.createCommand();
    for (String word : command) {
      if (word.equals(container.image())) {
        break;
      }
      if (word.startsWith("--") && word.length() > 2) {
        String option = word.substring(2).split("=", 2)[0];
        if (!CARRIED.contains(option)) {
          options.add(option);
        }
      }
    }
    options.forEach(
        option ->
            notes.add("the option --" + option + " that it was made with is not carried over"));
    if (command.isEmpty()) {
      notes.add("resource limits of its processes (ulimits) and kernel settings are left as usual");
    }
    container.networks().keySet().stream()
        .forEach(name -> notes.add("network " + name + ", where it is not there, is made anew"));
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

  private static void redacted(
      tools.jackson.databind.JsonNode config, String what, List<String> notes) {
    for (Map.Entry<String, String> entry : Inspection.map(config.path(what)).entrySet()) {
      if (Inspection.isRedacted(entry.getValue())) {
        notes.add(
            "the value of " + what.replaceFirst("s$", "") + " " + entry.getKey() + " was secret");
      }
    }
  }
}
