package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets containers go on that we paused or stopped. One that goes on already is left alone. */
final class HoldUndo {

  /** Two minutes: a program has its own time to end in good order. */
  private static final int STOPPING_LOOKS = 6 * Orphans.LOOKS;

  private final PodmanHost host;

  HoldUndo(PodmanHost host) {
    this.host = host;
  }

  /**
   * Undoes the hold of a killed run, whose last podman or systemctl may still be at work: it would
   * hold the container again. Returns what was done.
   */
  String undo(HoldContainers intent, Cancellation cancellation) {
    for (String name : intent.containers()) {
      awaitOrphan(name, intent, cancellation);
    }
    return letGo(intent, cancellation);
  }

  private static void awaitOrphan(String name, HoldContainers intent, Cancellation cancellation) {
    String unit = intent.units().get(name);
    if (unit != null) {
      Orphans.awaitCommand(List.of("stop", unit), STOPPING_LOOKS, cancellation);
      return;
    }
    switch (intent.how()) {
      case PAUSED -> Orphans.awaitCommand(List.of("pause", name), Orphans.LOOKS, cancellation);
      case STOPPED -> Orphans.awaitCommand(List.of("stop", name), STOPPING_LOOKS, cancellation);
    }
  }

  /** Returns what was done; does all it can before it fails. */
  String letGo(HoldContainers intent, Cancellation cancellation) {
    List<String> done = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : intent.containers()) {
      try {
        done.add(letGo(name, intent, cancellation));
      } catch (Failure e) {
        failures.add(e);
      }
    }
    for (String unit : intent.dependents()) {
      try {
        startAgain(unit, cancellation).ifPresent(done::add);
      } catch (Failure e) {
        failures.add(e);
      }
    }
    if (failures.isEmpty()) {
      return String.join("; ", done);
    }
    SourceFailure failure =
        new SourceFailure(
            FailureKind.SOURCE,
            "A container does not go on: " + failures.get(0).getMessage(),
            "Let it go on by hand: " + byHand(intent) + "; then run holdfast check.",
            failures.get(0));
    failures.stream().skip(1).forEach(failure::addSuppressed);
    throw failure;
  }

  private static String byHand(HoldContainers intent) {
    if (!intent.units().isEmpty()) {
      return "systemctl start "
          + Stream.concat(intent.units().values().stream(), intent.dependents().stream())
              .collect(Collectors.joining(" "));
    }
    String names = String.join(" ", intent.containers());
    return switch (intent.how()) {
      case PAUSED -> "podman unpause " + names;
      case STOPPED -> "podman start " + names;
    };
  }

  private String letGo(String name, HoldContainers intent, Cancellation cancellation) {
    String unit = intent.units().get(name);
    if (unit != null) {
      return start(name, unit, cancellation);
    }
    Optional<Container> found = host.container(name, cancellation);
    if (found.isEmpty()) {
      return "container " + name + " is gone";
    }
    Container container = found.get();
    return switch (intent.how()) {
      case PAUSED -> {
        if (!container.isPaused()) {
          yield "container " + name + " was not paused";
        }
        host.podman().text(cancellation, List.of("unpause", name));
        yield "container " + name + " was unpaused";
      }
      case STOPPED -> {
        if (container.runs() || container.isPaused()) {
          yield "container " + name + " was running";
        }
        if (container.isStopping()) {
          host.podman().text(cancellation, List.of("stop", name));
        }
        host.podman().text(cancellation, List.of("start", name));
        yield "container " + name + " was started again";
      }
    };
  }

  /** A container of a unit is gone while the unit is stopped. */
  private String start(String name, String unit, Cancellation cancellation) {
    SystemdUnits units = new SystemdUnits(host);
    if (units.isActive(unit, cancellation)) {
      return "container " + name + " was running";
    }
    units.start(unit, cancellation);
    return "container " + name + " was started again by " + unit;
  }

  /** What systemd stopped with the unit of a container; it may have come back with that already. */
  private Optional<String> startAgain(String unit, Cancellation cancellation) {
    SystemdUnits units = new SystemdUnits(host);
    if (units.isActive(unit, cancellation)) {
      return Optional.empty();
    }
    units.start(unit, cancellation);
    return Optional.of("unit " + unit + " was started again");
  }
}
