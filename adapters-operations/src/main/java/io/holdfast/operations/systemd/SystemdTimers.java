package io.holdfast.operations.systemd;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.operations.cron.CronTimes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Keeps the schedule by timers of systemd: the system's, or those of a user's own manager. */
public final class SystemdTimers implements TimerUnits {

  private final UnitFiles files;
  private final Systemctl systemctl;
  private final boolean user;
  private final InstantSource clock;

  /**
   * @param folder where the manager looks for units
   * @param user true for the manager of the user that runs this
   */
  public SystemdTimers(Path folder, boolean user, CommandRunner runner, InstantSource clock) {
    this.files = new UnitFiles(folder);
    this.systemctl = new Systemctl(runner, user);
    this.user = user;
    this.clock = clock;
  }

  @Override
  public Path folder() {
    return files.folder();
  }

  @Override
  public List<Unit> draft(Plan plan) {
    if (plan.zone() instanceof ZoneOffset || plan.zone().getId().matches("(UTC|GMT|UT)[+-].*")) {
      throw new ConfigurationFailure(
          "systemd knows no time zone " + plan.zone().getId(),
          "name one by its place, such as schedule: {zone: Europe/Zurich}");
    }
    UnitTexts texts = new UnitTexts(plan, user);
    List<Unit> units = new ArrayList<>();
    for (TimedCommand command : plan.commands()) {
      CronTimes times =
          CronTimes.parse(command.cron(), plan.zone())
              .orElseThrow(() -> new IllegalArgumentException("no times: " + command.cron()));
      List<String> calendar = CalendarEvents.of(times, plan.zone(), clock.instant());
      units.add(new Unit(UnitNames.service(command.name()), texts.service(command)));
      units.add(new Unit(UnitNames.timer(command.name()), texts.timer(command, calendar)));
    }
    return units;
  }

  @Override
  public Change install(Plan plan, Cancellation cancellation) {
    List<Unit> units = draft(plan);
    units.forEach(files::claim);
    boolean running = systemctl.isRunning(cancellation);
    Set<String> gone = new TreeSet<>(files.own());
    units.forEach(unit -> gone.remove(unit.name()));
    takeAway(gone, running, cancellation);
    List<String> written = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    for (Unit unit : units) {
      if (files.says(unit)) {
        unchanged.add(unit.name());
      } else {
        files.write(unit);
        written.add(unit.name());
      }
    }
    List<String> timers =
        units.stream().map(Unit::name).filter(UnitNames::isTimer).collect(Collectors.toList());
    if (running) {
      systemctl.call(cancellation, "daemon-reload");
    }
    systemctl.call(cancellation, "enable", timers);
    if (running) {
      // A timer that runs already goes on by what it was; one that is the same loses nothing.
      systemctl.call(cancellation, "restart", timers);
    }
    return new Change(written, unchanged, List.copyOf(gone), remarks(running));
  }

  @Override
  public Change remove(Cancellation cancellation) {
    Set<String> own = files.own();
    if (own.isEmpty()) {
      return new Change(List.of(), List.of(), List.of(), List.of());
    }
    boolean running = systemctl.isRunning(cancellation);
    takeAway(own, running, cancellation);
    if (running) {
      systemctl.call(cancellation, "daemon-reload");
    }
    return new Change(List.of(), List.of(), List.copyOf(own), List.of());
  }

  @Override
  public Map<String, State> look(List<String> names, Cancellation cancellation) {
    Set<String> own = files.own();
    Map<String, State> states = new LinkedHashMap<>();
    for (String name : names) {
      String timer = UnitNames.timer(name);
      if (!files.exists(timer)) {
        states.put(name, State.NOT_INSTALLED);
      } else if (!own.contains(timer)) {
        states.put(name, State.FOREIGN);
      } else {
        boolean active = systemctl.isActive(timer, cancellation);
        states.put(name, active ? State.ACTIVE : State.INSTALLED);
      }
    }
    return states;
  }

  private void takeAway(Set<String> names, boolean running, Cancellation cancellation) {
    List<String> timers = names.stream().filter(UnitNames::isTimer).toList();
    if (!timers.isEmpty()) {
      if (running) {
        systemctl.call(cancellation, "stop", timers);
      }
      systemctl.call(cancellation, "disable", timers);
    }
    names.forEach(files::remove);
  }

  private List<String> remarks(boolean running) {
    List<String> remarks = new ArrayList<>();
    if (!running) {
      remarks.add(
          user
              ? "your systemd is not running: the timers begin at your next login"
              : "systemd is not running here: the timers begin when the host is booted with it");
    }
    if (user) {
      remarks.add(
          "timers of a user run while the user is logged in, unless `loginctl enable-linger` says"
              + " otherwise");
    }
    return remarks;
  }
}
