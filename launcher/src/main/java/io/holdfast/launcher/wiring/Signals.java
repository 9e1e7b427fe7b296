package io.holdfast.launcher.wiring;

import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.launcher.cli.Version;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Lifecycle;
import io.holdfast.launcher.config.MetricsConfig;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.operations.metrics.MetricsServer;
import io.holdfast.operations.metrics.RunMetrics;
import io.holdfast.operations.metrics.Subject;
import io.holdfast.operations.notification.Notifications;
import io.holdfast.storage.metadata.JsonMetadataCodec;
import io.holdfast.storage.state.FileDrillLedger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who hears of runs, as the configuration has it. */
final class Signals {

  private final HoldfastConfig config;
  private final Clock clock;
  private final Surroundings surroundings;

  Signals(HoldfastConfig config, Clock clock, Surroundings surroundings) {
    this.config = config;
    this.clock = clock;
    this.surroundings = surroundings;
  }

  /** Notifiers by themselves, to look at and to try out. */
  Notifications notifications() {
    return new Notifications(config.lifecycle().notifiers(), config.host(), clock, (n, ok) -> {});
  }

  /** All of them; metrics come last, as they count what notifiers did not take. */
  List<RunObserver> observers(RunJournal journal) {
    Lifecycle lifecycle = config.lifecycle();
    Optional<RunMetrics> metrics = lifecycle.metrics().map(where -> metrics(where, journal));
    List<RunObserver> observers = new ArrayList<>();
    if (!lifecycle.notifiers().isEmpty()) {
      observers.add(
          new Notifications(
              lifecycle.notifiers(),
              config.host(),
              clock,
              (name, taken) -> metrics.ifPresent(figures -> figures.notified(name, taken))));
    }
    metrics.ifPresent(observers::add);
    return observers;
  }

  /**
   * Serves metrics where an address for them is configured; the caller closes what it is given.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the address is taken
   */
  Optional<MetricsServer> serveMetrics(RunJournal journal) {
    return config
        .lifecycle()
        .metrics()
        .flatMap(
            where ->
                where
                    .listen()
                    .map(address -> MetricsServer.start(address, metrics(where, journal))));
  }

  private RunMetrics metrics(MetricsConfig where, RunJournal journal) {
    return new RunMetrics(
        new Subject(config.host(), Version.text(), config.lifecycle().objectives()),
        StateLocation.of(surroundings),
        where.textFile(),
        journal,
        new FileDrillLedger(StateLocation.of(surroundings), new JsonMetadataCodec()),
        clock);
  }
}
