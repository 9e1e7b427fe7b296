package io.holdfast.podman;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a container does not have to itself, or has in another way than usual: its users, processes,
 * host name, memory between processes, control groups and network. The command that made it is
 * believed first: podman 4 calls every {@code ipc} shareable.
 */
final class Namespaces {

  private static final String OF_A_CONTAINER = "container:";
  private static final String OF_A_FILE = "ns:";

  private static final List<Kind> KINDS =
      List.of(
          new Kind("userns", "UsernsMode", "private"),
          new Kind("pid", "PidMode", "private"),
          new Kind("uts", "UTSMode", "private"),
          new Kind("ipc", "IpcMode", "shareable"),
          new Kind("cgroupns", "CgroupMode", "private"));

  private final Inspection inspection;

  /**
   * A kind of namespace.
   *
   * @param option the option of {@code podman create}
   * @param field where podman tells it
   * @param usual what is told of a container that was made without the option
   */
  private record Kind(String option, String field, String usual) {}

  Namespaces(Inspection inspection) {
    this.inspection = inspection;
  }

  /** The options that give a new container the same. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (Kind kind : KINDS) {
      mode(kind)
          .filter(mode -> !isForeign(mode))
          .ifPresent(mode -> arguments.add("--" + kind.option() + "=" + mode));
    }
    var mappings = inspection.hostConfig().path("IDMappings");
    if (inspection.hostConfig().path("UsernsMode").asString("").equals("private")) {
      Inspection.strings(mappings.path("UidMap")).forEach(map -> arguments.add("--uidmap=" + map));
      Inspection.strings(mappings.path("GidMap")).forEach(map -> arguments.add("--gidmap=" + map));
    }
    networkMode()
        .filter(mode -> !isForeign(mode))
        .ifPresent(mode -> arguments.add("--network=" + mode));
    return arguments;
  }

  /** What no new container is given: a sentence each. */
  List<String> uncarried() {
    List<String> notes = new ArrayList<>();
    for (Kind kind : KINDS) {
      mode(kind).ifPresent(mode -> note(kind.option(), mode, notes));
    }
    networkMode().ifPresent(mode -> note("network", mode, notes));
    return notes;
  }

  /** True when it has one of them in common with another container. */
  boolean ofAnother() {
    return KINDS.stream().anyMatch(kind -> mode(kind).filter(Namespaces::isContainers).isPresent())
        || networkMode().filter(Namespaces::isContainers).isPresent();
  }

  private static void note(String option, String mode, List<String> notes) {
    if (isContainers(mode)) {
      notes.add("it shares --" + option + " with another container, which is not carried over");
    } else if (isForeign(mode)) {
      notes.add("--" + option + "=" + mode + " is a file of the host, and is not carried over");
    }
  }

  private Optional<String> mode(Kind kind) {
    // Told to be private together with mappings of users, which stand for it.
    return inspection
        .option(kind.option())
        .filter(mode -> !(kind.option().equals("userns") && mode.equals("private")))
        .or(() -> told(kind));
  }

  private Optional<String> told(Kind kind) {
    return inspection
        .text(inspection.hostConfig().path(kind.field()))
        .filter(mode -> !mode.equals(kind.usual()))
        // Where control groups are of the first version, the host's are the usual ones.
        .filter(mode -> !(kind.option().equals("cgroupns") && inspection.wasCommanded()));
  }

  /** Where it has no networks of its own, those are carried by their names. */
  private Optional<String> networkMode() {
    String told = inspection.networkMode();
    if (isForeign(told)) {
      return Optional.of(told);
    }
    if (!inspection.networks().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> commanded =
        inspection.option("network", "net").filter(mode -> mode.split(":", 2)[0].equals(told));
    return commanded.or(
        () ->
            Optional.of(told)
                .filter(mode -> List.of("host", "none", "slirp4netns", "pasta").contains(mode)));
  }

  private static boolean isContainers(String mode) {
    return mode.startsWith(OF_A_CONTAINER);
  }

  private static boolean isForeign(String mode) {
    return isContainers(mode) || mode.startsWith(OF_A_FILE);
  }
}
