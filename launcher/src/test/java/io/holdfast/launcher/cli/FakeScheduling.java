package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.launcher.config.ScheduleConfig;
import io.holdfast.launcher.config.ScheduleEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schedule that a test has put together, and a service manager that does as it is told. */
final class FakeScheduling implements Scheduling, TimerUnits {

  final List<Object> asked = new ArrayList<>();
  final Map<String, State> states = new LinkedHashMap<>();
  ScheduleConfig schedule =
      new ScheduleConfig(
          ZoneId.of("Europe/Zurich"),
          Duration.ofMinutes(5),
          true,
          List.of(
              new ScheduleEntry("backup", "0 2 * * *", List.of("--wait", "1h")),
              new ScheduleEntry("verify", "0 4 30 2 *", List.of("all"))));
  Change change = new Change(List.of(), List.of(), List.of(), List.of());
  private boolean ofUser;

  @Override
  public ScheduleConfig schedule() {
    return schedule;
  }

  @Override
  public Optional<Instant> next(ScheduleEntry entry) {
    return Optional.of(Instant.parse("2026-11-23T01:00:00Z"))
        .filter(time -> entry.name().equals("backup"));
  }

  @Override
  public TimerUnits timers(boolean user) {
    ofUser = user;
    return this;
  }

  @Override
  public TimerUnits.Plan timerPlan() {
    return new TimerUnits.Plan(
        Path.of("/bin/holdfast"),
        Path.of("/etc/holdfast.yaml"),
        Map.of(),
        schedule.zone(),
        schedule.jitter(),
        true,
        List.of());
  }

  @Override
  public void keep(Output output, Cancellation stop) {
    asked.add(output.options());
    output.out().accept("a result\n");
    output.errorLine().accept("a line");
  }

  @Override
  public List<Unit> draft(TimerUnits.Plan plan) {
    asked.add("draft");
    return List.of(new Unit("holdfast-backup.timer", "[Timer]\n"));
  }

  @Override
  public Change install(TimerUnits.Plan plan, Cancellation cancellation) {
    asked.add("install " + ofUser);
    return change;
  }

  @Override
  public Change remove(Cancellation cancellation) {
    asked.add("remove " + ofUser);
    return change;
  }

  @Override
  public Map<String, State> look(List<String> names, Cancellation cancellation) {
    return ofUser ? Map.of("verify", State.INSTALLED) : states;
  }

  @Override
  public Path folder() {
    return Path.of("/units");
  }
}
