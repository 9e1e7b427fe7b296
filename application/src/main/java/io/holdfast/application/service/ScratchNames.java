package io.holdfast.application.service;

import io.holdfast.application.port.out.recovery.ProcessTable;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names scratch folders so that a later run can tell those of living processes of this host from
 * those of killed ones: by the process's pid, and by what tells it from others of that pid.
 *
 * @param host this host's name
 * @param processes its processes
 */
record ScratchNames(String host, ProcessTable processes) {

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-([0-9a-f]{1,8})-[0-9a-f-]+");

  /** A name that no other folder has. */
  String next() {
    long self = processes.self();
    return self + "-" + digest(processes.markOf(self)) + "-" + UUID.randomUUID();
  }

  /** True for the folder of a process that lives. */
  boolean isInUse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    Optional<String> mark = processes.markOf(Long.parseLong(parts.group(1)));
    return mark.isPresent() && digest(mark).equals(parts.group(2));
  }

  private String digest(Optional<String> mark) {
    return Integer.toHexString((host + "\n" + mark.orElse("")).hashCode());
  }
}
