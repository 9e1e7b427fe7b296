package io.holdfast.launcher.wiring;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.application.service.OversightUseCases;
import io.holdfast.domain.schedule.Entry;
import io.holdfast.domain.schedule.Jitter;
import io.holdfast.launcher.cli.Scheduling;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.ScheduleConfig;
import io.holdfast.launcher.config.ScheduleEntry;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.operations.cron.CronTimes;
import io.holdfast.operations.metrics.MetricsServer;
import io.holdfast.operations.systemd.SystemdTimers;
import io.holdfast.podman.command.Ending;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.storage.state.FileHostLock;
import io.holdfast.storage.state.FileRunJournal;
import io.holdfast.storage.state.FileScheduleMemory;
import io.holdfast.storage.state.LinuxProcessTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The schedule on the real host. Reads the configuration anew each time that it is asked for. */
final class WiredScheduling implements Scheduling {

  /** More than a command that was told to end gives itself. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(45);

  /** Where the launcher's script says which file it is. */
  private static final String LAUNCHER = "holdfast.launcher";

  private static final Path SYSTEM_UNITS = Path.of("/etc/systemd/system");

  private final Surroundings surroundings;
  private final Supplier<HoldfastConfig> configuration;
  private final BackupEvents events;
  private final Clock clock = Clock.systemUTC();

  WiredScheduling(
      Surroundings surroundings, Supplier<HoldfastConfig> configuration, BackupEvents events) {
    this.surroundings = surroundings;
    this.configuration = configuration;
    this.events = events;
  }

  @Override
  public ScheduleConfig schedule() {
    return configuration.get().lifecycle().schedule();
  }

  @Override
  public Optional<Instant> next(ScheduleEntry entry) {
    return times(entry, schedule().zone()).after(clock.instant());
  }

  @Override
  public TimerUnits timers(boolean user) {
    Path folder = user ? userUnits() : SYSTEM_UNITS;
    return new SystemdTimers(folder, user, new HostCommandRunner(), clock);
  }

  @Override
  public TimerUnits.Plan timerPlan() {
    HoldfastConfig config = configuration.get();
    ScheduleConfig schedule = config.lifecycle().schedule();
    if (schedule.entries().isEmpty()) {
      throw new ConfigurationFailure(
          "the configuration schedules nothing",
          "say what is to be run when, such as schedule: {backup: \"0 2 * * *\"}");
    }
    return new TimerUnits.Plan(
        launcher(),
        fileOf(config),
        environment(),
        schedule.zone(),
        schedule.jitter(),
        schedule.catchUp(),
        schedule.entries().stream().map(WiredScheduling::timed).toList());
  }

  @Override
  public void keep(Output output, Cancellation stop) {
    FileHostLock lock = new FileHostLock(StateLocation.of(surroundings), new LinuxProcessTable());
    FileScheduleMemory memory = new FileScheduleMemory(StateLocation.of(surroundings));
    Cancellation hurry = new Cancellation();
    try (Cancellation.Child child = stop.child();
        ProcessSignals signals = ProcessSignals.listen(child.scope(), hurry)) {
      HostCommandRunner runner = new HostCommandRunner(Ending.orderly(CLEAN_UP, hurry));
      OwnCommands commands =
          new OwnProgram(runner, launcher(), fileOf(configuration.get()), output);
      RunSchedule schedule = OversightUseCases.runSchedule(lock, memory, commands, clock, events);
      keep(schedule, signals, child.scope());
    }
  }

  /** A change of the metrics' address asks for a new start; what they tell does not. */
  private void keep(RunSchedule schedule, ProcessSignals signals, Cancellation stop) {
    FileRunJournal journal =
        new FileRunJournal(StateLocation.of(surroundings), new LinuxProcessTable());
    Optional<MetricsServer> server =
        new Signals(configuration.get(), clock, surroundings).serveMetrics(journal);
    try {
      schedule.run(this::plan, signals, stop);
    } finally {
      server.ifPresent(MetricsServer::close);
    }
  }

  private RunSchedule.Plan plan() {
    HoldfastConfig config = configuration.get();
    ScheduleConfig schedule = config.lifecycle().schedule();
    List<RunSchedule.Job> jobs =
        schedule.entries().stream()
            .map(
                entry ->
                    new RunSchedule.Job(
                        new Entry(
                            entry.name(),
                            entry.cron() + " " + schedule.zone().getId(),
                            times(entry, schedule.zone())),
                        entry.command()))
            .toList();
    return new RunSchedule.Plan(
        jobs, new Jitter(schedule.jitter(), config.host()), schedule.catchUp());
  }

  private static TimerUnits.TimedCommand timed(ScheduleEntry entry) {
    boolean podman =
        entry.name().equals("backup")
            || entry.name().equals("drill")
            || (entry.name().equals("verify") && entry.arguments().contains("--deep"));
    return new TimerUnits.TimedCommand(entry.name(), entry.cron(), entry.command(), podman);
  }

  private static CronTimes times(ScheduleEntry entry, ZoneId zone) {
    return CronTimes.parse(entry.cron(), zone)
        .orElseThrow(() -> new IllegalStateException("no times: " + entry.cron()));
  }

  private static Path fileOf(HoldfastConfig config) {
    return config
        .file()
        .orElseThrow(() -> new IllegalStateException("a schedule without a configuration"))
        .toAbsolutePath()
        .normalize();
  }

  private static Path launcher() {
    return Optional.ofNullable(System.getProperty(LAUNCHER))
        .map(Path::of)
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "which program a schedule would run is not known",
                    "start Holdfast by its script bin/holdfast"));
  }

  /** What a run finds in this environment and would not find in that of a service. */
  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOLDFAST_STATE", StateLocation.of(surroundings).toString());
    for (String name :
        List.of("HOLDFAST_JAVA", "HOLDFAST_JAVA_OPTS", "HOLDFAST_PLUGINS", "JAVA_HOME")) {
      surroundings.variable(name).ifPresent(value -> environment.put(name, value));
    }
    return environment;
  }

  private Path userUnits() {
    return surroundings
        .variable("XDG_CONFIG_HOME")
        .or(() -> surroundings.variable("HOME").map(home -> home + "/.config"))
        .map(folder -> Path.of(folder, "systemd", "user"))
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "there is no place for units: neither HOME nor XDG_CONFIG_HOME is set",
                    "set HOME"));
  }
}
