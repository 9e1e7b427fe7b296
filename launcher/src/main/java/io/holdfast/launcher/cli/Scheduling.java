package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.schedule.TimerUnits;
import io.holdfast.launcher.config.ScheduleConfig;
import io.holdfast.launcher.config.ScheduleEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the commands of {@code holdfast schedule} reach the rest through. */
public interface Scheduling {

  /**
   * The schedule as the configuration has it.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the configuration is
   *     wrong or missing
   */
  ScheduleConfig schedule();

  /** When an entry is run next, without its jitter; empty when never. */
  Optional<Instant> next(ScheduleEntry entry);

  /** The service manager of the system, or that of the user. */
  TimerUnits timers(boolean user);

  /**
   * What a service manager is to install.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the configuration is
   *     wrong or schedules nothing
   */
  TimerUnits.Plan timerPlan();

  /**
   * Keeps the schedule until the process is told to end.
   *
   * @param output takes what the runs say
   * @param stop ends it too
   */
  void keep(Output output, Cancellation stop);

  /**
   * Where the output of runs goes.
   *
   * @param options of the program, for every run
   * @param out takes text of their standard output
   * @param errorLine takes lines of their error output
   */
  record Output(List<String> options, Consumer<String> out, Consumer<String> errorLine) {
    public Output {
      options = List.copyOf(options);
    }
  }
}
