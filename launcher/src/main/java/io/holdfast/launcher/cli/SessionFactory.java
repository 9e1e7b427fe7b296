package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens sessions: the one door through which commands reach everything else. */
public interface SessionFactory {

  /**
   * Reads the configuration and makes the use cases over it.
   *
   * @param configOption the value of {@code --config}
   * @param needs what the command uses of the configuration
   * @param events is told what happens
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the configuration is
   *     wrong or missing
   */
  Session open(Optional<Path> configOption, Needs needs, BackupEvents events);

  /**
   * The schedule of a configuration, which is read when it is asked for.
   *
   * @param configOption the value of {@code --config}
   * @param events is told what happens
   */
  Scheduling scheduling(Optional<Path> configOption, BackupEvents events);

  /** Needs no configuration, as it helps to write one. */
  ScoutHost scoutHost(BackupEvents events);

  /**
   * Without a configuration: for a run that finds none, or a wrong one, and is one all the same.
   */
  SuperviseRun superviseRun(BackupEvents events);

  /** The time, for what is logged. */
  InstantSource clock();

  /** Needs no configuration: what went wrong may be just that. */
  ShowHistory showHistory(BackupEvents events);
}
