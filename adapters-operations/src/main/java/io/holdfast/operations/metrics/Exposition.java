package io.holdfast.operations.metrics;

import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryTime;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The figures as Prometheus has them: every name, its unit and its meaning. */
final class Exposition {

  private final Subject subject;
  private final Figures figures;
  private final List<MetricSnapshot> metrics = new ArrayList<>();

  private Exposition(Subject subject, Figures figures) {
    this.subject = subject;
    this.figures = figures;
  }

  static MetricSnapshots of(
      Subject subject,
      Figures figures,
      Map<RunKind, Map<RunOutcome, Long>> totals,
      DrillHistory drills) {
    Exposition exposition = new Exposition(subject, figures);
    exposition.addCommands();
    exposition.addTotals(totals);
    exposition.addArtifacts();
    exposition.addTargets();
    exposition.addDrills(drills);
    exposition.addHost();
    return new MetricSnapshots(exposition.metrics);
  }

  private void addCommands() {
    String kind = Tally.COMMAND;
    gauge(
        "holdfast_last_success_timestamp_seconds",
        "When a run of the command last succeeded.",
        kind,
        "success");
    gauge(
        "holdfast_last_run_timestamp_seconds",
        "When a run of the command last ended.",
        kind,
        "finished");
    gauge(
        "holdfast_last_run_duration_seconds",
        "How long the last run of the command took.",
        kind,
        "took");
    gauge(
        "holdfast_last_run_exit_code",
        "What the last run of the command ended with; 0 is success.",
        kind,
        "exit");
  }

  private void addTotals(Map<RunKind, Map<RunOutcome, Long>> totals) {
    CounterSnapshot.Builder runs =
        CounterSnapshot.builder().name("holdfast_runs").help("How many runs have ended so.");
    totals.forEach(
        (kind, outcomes) ->
            outcomes.forEach(
                (outcome, number) ->
                    runs.dataPoint(
                        CounterDataPointSnapshot.builder()
                            .value(number)
                            .labels(
                                labels(
                                    Tally.COMMAND,
                                    kind.command(),
                                    "outcome",
                                    outcome.name().toLowerCase(Locale.ROOT)))
                            .build())));
    metrics.add(runs.build());
  }

  private void addArtifacts() {
    String kind = Tally.ARTIFACT;
    gauge(
        "holdfast_artifact_stored_bytes",
        "The length of the artifact's file in the last set that has it.",
        kind,
        "stored");
    gauge(
        "holdfast_artifact_source_bytes",
        "The size of what was read for that file.",
        kind,
        "source");
    gauge(
        "holdfast_artifact_duration_seconds", "How long it took to store that file.", kind, "took");
    gauge(
        "holdfast_artifact_last_success_timestamp_seconds",
        "When the artifact was last stored.",
        kind,
        "success");
    gauge(
        "holdfast_artifact_last_run_success",
        "Whether the last backup of the artifact stored it: 1 or 0.",
        kind,
        "ok");
  }

  private void addTargets() {
    gauge(
        "holdfast_target_last_success_timestamp_seconds",
        "When the target last took a set.",
        Tally.TARGET,
        "success");
    gauge(
        "holdfast_target_last_run_success",
        "Whether the target took the set of the last backup: 1 or 0.",
        Tally.TARGET,
        "ok");
    counter("holdfast_target_failures", "How many sets the target did not take.", Tally.TARGET);
    counter(
        "holdfast_notifier_failures",
        "How many messages the notifier did not take.",
        Tally.NOTIFIER);
  }

  private void addDrills(DrillHistory drills) {
    drills
        .last()
        .ifPresent(
            drill -> {
              metrics.add(
                  plain(
                      "holdfast_last_drill_timestamp_seconds",
                      "When the last drill began.",
                      drill.started().toEpochMilli() / 1000.0));
              metrics.add(
                  plain(
                      "holdfast_drill_proven",
                      "Whether restores are proven: 0 while the failure of a drill stands, else 1.",
                      drills.standingFailures().isEmpty() ? 1 : 0));
            });
    RecoveryTime time =
        new RecoveryTime(drills.measurements(), wholeBytes(), subject.objectives().rto());
    duration(
        "holdfast_restore_measured_seconds",
        "How long the last restore of a drill took.",
        time.newest().map(Measurement::took));
    duration(
        "holdfast_restore_projected_seconds",
        "How long a restore of the newest set would take.",
        time.projected());
  }

  private OptionalLong wholeBytes() {
    return figures.names(Tally.WHOLE).stream()
        .flatMap(kind -> figures.get(Tally.WHOLE, kind, "stored").stream())
        .map(Math::round)
        .reduce(Long::sum)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private void addHost() {
    duration(
        "holdfast_objective_rpo_seconds",
        "How old the newest good set may be.",
        subject.objectives().rpo());
    duration(
        "holdfast_objective_rto_seconds",
        "How long a restore may take.",
        subject.objectives().rto());
    figures
        .get(Tally.HOST, "", "missed")
        .ifPresent(
            missed ->
                metrics.add(
                    plain(
                        "holdfast_objectives_missed",
                        "How many objectives were missed at the last look.",
                        missed)));
    metrics.add(
        InfoSnapshot.builder()
            .name("holdfast_build")
            .help("Which Holdfast this is.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(Labels.of("host", subject.host(), "version", subject.version()))
                    .build())
            .build());
  }

  private void duration(String name, String help, Optional<Duration> duration) {
    duration.ifPresent(time -> metrics.add(plain(name, help, time.toMillis() / 1000.0)));
  }

  private GaugeSnapshot plain(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of("host", subject.host()))
                .value(value)
                .build())
        .build();
  }

  private void gauge(String name, String help, String kind, String value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (String row : figures.names(kind)) {
      figures
          .get(kind, row, value)
          .ifPresent(
              number ->
                  gauge.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(labels(kind, row))
                          .value(number)
                          .build()));
    }
    metrics.add(gauge.build());
  }

  private void counter(String name, String help, String kind) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    for (String row : figures.names(kind)) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels(kind, row))
              .value(figures.get(kind, row, "failures").orElse(0.0))
              .build());
    }
    metrics.add(counter.build());
  }

  private Labels labels(String... namesAndValues) {
    List<String> all = new ArrayList<>(List.of(namesAndValues));
    all.addAll(List.of("host", subject.host()));
    return Labels.of(all.toArray(String[]::new));
  }
}
