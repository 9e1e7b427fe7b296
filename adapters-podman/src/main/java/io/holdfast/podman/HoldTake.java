package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one container stand still, as it was written down before. {@link HoldUndo} undoes it. */
final class HoldTake {

  private final PodmanHost host;
  private final SystemdUnits units;

  HoldTake(PodmanHost host) {
    this.host = host;
    this.units = new SystemdUnits(host);
  }

  /**
   * What is to be written down.
   *
   * @throws SourceFailure when the container could not be brought back
   */
  HoldContainers intent(Container container, HoldBy how, Cancellation cancellation) {
    List<String> name = List.of(container.name());
    return switch (how) {
      case PAUSE -> new HoldContainers(name, HoldContainers.How.PAUSED);
      case STOP -> {
        Optional<String> unit =
            container.unit().filter(named -> units.isActive(named, cancellation));
        if (unit.isEmpty() && container.removedWhenStopped()) {
          throw new SourceFailure(
              FailureKind.SOURCE,
              "it was started with --rm, so that it would be gone once it is stopped.",
              "Start it without --rm, by a systemd unit (Quadlet), or set volumes: hold: pause.");
        }
        yield new HoldContainers(
            name,
            HoldContainers.How.STOPPED,
            unit.map(named -> Map.of(container.name(), named)).orElse(Map.of()),
            unit.map(named -> units.stoppedWith(named, cancellation)).orElse(List.of()));
      }
    };
  }

  /** A stop is not cut short: what is half stopped could not be started again. */
  void take(HoldContainers intent, Cancellation cancellation) {
    for (String name : intent.containers()) {
      String unit = intent.units().get(name);
      switch (intent.how()) {
        case PAUSED -> host.podman().text(cancellation, List.of("pause", name));
        case STOPPED -> {
          cancellation.throwIfCancelled();
          if (unit == null) {
            host.podman().text(new Cancellation(), List.of("stop", name));
          } else {
            units.stop(unit, new Cancellation());
          }
          requireStopped(name);
        }
      }
    }
  }

  private void requireStopped(String name) {
    if (host.container(name, new Cancellation()).filter(Container::runs).isPresent()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "it was stopped and runs again at once.",
          "Whatever keeps it running must be stopped first, or set volumes: hold: pause.");
    }
  }
}
