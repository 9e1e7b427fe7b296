package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The units of systemd that own containers: the system's where Podman is root's, else those of the
 * user's own manager. Podman names a container's unit in a label.
 */
final class SystemdUnits {

  static final String LABEL = "PODMAN_SYSTEMD_UNIT";

  private static final String PROGRAM = "systemctl";

  /** What systemd calls the units that a stop is handed on to. */
  private static final List<String> STOPPED_WITH =
      List.of("RequiredBy", "RequisiteOf", "BoundBy", "ConsistsOf", "PropagatesStopTo");

  private static final String STATE = "ActiveState";
  private static final Set<String> ACTIVE =
      Set.of("active", "activating", "reloading", "refreshing");

  private final PodmanHost host;

  SystemdUnits(PodmanHost host) {
    this.host = host;
  }

  /** True when the unit runs; false as well where there is no systemd to ask. */
  boolean isActive(String unit, Cancellation cancellation) {
    try {
      return host.plainly(cancellation, argv(cancellation, "is-active", "--quiet", unit))
          .result()
          .succeeded();
    } catch (SourceFailure none) {
      return false;
    }
  }

  /**
   * The active units that systemd stops with one and does not start with it again, each after those
   * that it depends on.
   */
  List<String> stoppedWith(String unit, Cancellation cancellation) {
    List<String> active = new ArrayList<>();
    follow(unit, new HashSet<>(), active, cancellation);
    active.remove(unit);
    return List.copyOf(active);
  }

  /** A stop goes on through units that are inactive themselves. */
  private void follow(
      String unit, Set<String> seen, List<String> active, Cancellation cancellation) {
    if (!seen.add(unit)) {
      return;
    }
    Map<String, List<String>> told = show(unit, cancellation);
    for (String property : STOPPED_WITH) {
      told.getOrDefault(property, List.of())
          .forEach(dependent -> follow(dependent, seen, active, cancellation));
    }
    if (told.getOrDefault(STATE, List.of()).stream().anyMatch(ACTIVE::contains)) {
      active.add(0, unit);
    }
  }

  private Map<String, List<String>> show(String unit, Cancellation cancellation) {
    String asked = "--property=" + STATE + "," + String.join(",", STOPPED_WITH);
    Map<String, List<String>> told = new HashMap<>();
    call(cancellation, "show", asked, unit)
        .lines()
        .forEach(
            line -> {
              String[] property = line.split("=", 2);
              if (property.length == 2 && !property[1].isBlank()) {
                told.put(property[0], List.of(property[1].strip().split(" +")));
              }
            });
    return told;
  }

  void stop(String unit, Cancellation cancellation) {
    call(cancellation, "stop", unit);
  }

  void start(String unit, Cancellation cancellation) {
    call(cancellation, "start", unit);
  }

  private String call(Cancellation cancellation, String... words) {
    String[] argv = argv(cancellation, words);
    PodmanHost.Outcome outcome = host.plainly(cancellation, argv);
    if (!outcome.result().succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          String.join(" ", argv)
              + " failed with exit code "
              + outcome.result().exitCode()
              + ": "
              + outcome.result().stderrTail().strip(),
          "systemctl status " + words[words.length - 1] + " tells more.");
    }
    return outcome.output();
  }

  private String[] argv(Cancellation cancellation, String... words) {
    List<String> argv = new ArrayList<>(List.of(PROGRAM));
    if (host.about(cancellation).rootless()) {
      argv.add("--user");
    }
    argv.addAll(List.of(words));
    return argv.toArray(String[]::new);
  }
}
