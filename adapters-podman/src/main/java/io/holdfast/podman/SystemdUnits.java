package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.ArrayList;
import java.util.List;

/**
 * The units of systemd that own containers: the system's where Podman is root's, else those of the
 * user's own manager. Podman names a container's unit in a label.
 */
final class SystemdUnits {

  static final String LABEL = "PODMAN_SYSTEMD_UNIT";

  private static final String PROGRAM = "systemctl";

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

  void stop(String unit, Cancellation cancellation) {
    call(cancellation, "stop", unit);
  }

  void start(String unit, Cancellation cancellation) {
    call(cancellation, "start", unit);
  }

  private void call(Cancellation cancellation, String verb, String unit) {
    String[] argv = argv(cancellation, verb, unit);
    PodmanHost.Outcome outcome = host.plainly(cancellation, argv);
    if (!outcome.result().succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          String.join(" ", argv)
              + " failed with exit code "
              + outcome.result().exitCode()
              + ": "
              + outcome.result().stderrTail().strip(),
          "systemctl status " + unit + " tells more.");
    }
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
