package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
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

  /** The one use case that needs no configuration. */
  ScoutHost scoutHost(BackupEvents events);
}
