package io.holdfast.launcher.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.holdfast.application.history.RunEvents;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.service.UseCases;
import io.holdfast.launcher.cli.Version;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.VolumesConfig;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.storage.state.FileHostLock;
import io.holdfast.storage.state.FileRecoveryJournal;
import io.holdfast.storage.state.FileRunJournal;
import io.holdfast.storage.state.LinuxProcessTable;
import java.time.Clock;

/** What the host itself gives: time, processes, programs, a folder for state. */
final class HostModule extends AbstractModule {

  private final Surroundings surroundings;
  private final BackupEvents events;

  HostModule(Surroundings surroundings, BackupEvents events) {
    this.surroundings = surroundings;
    this.events = events;
  }

  @Override
  protected void configure() {
    bind(Surroundings.class).toInstance(surroundings);
    Clock clock = Clock.systemUTC();
    RunEvents journalled = new RunEvents(events, clock);
    bind(RunEvents.class).toInstance(journalled);
    bind(BackupEvents.class).toInstance(journalled);
    bind(Clock.class).toInstance(clock);
    bind(ProcessTable.class).toInstance(new LinuxProcessTable());
    bind(HostCommandRunner.class).toInstance(new HostCommandRunner());
  }

  @Provides
  @Singleton
  RecoveryJournal journal(ProcessTable processes, Clock clock, BackupEvents journalled) {
    return new FileRecoveryJournal(StateLocation.of(surroundings), processes, clock, journalled);
  }

  @Provides
  RunJournal runJournal(ProcessTable processes) {
    return new FileRunJournal(StateLocation.of(surroundings), processes);
  }

  @Provides
  FileHostLock hostLock(ProcessTable processes) {
    return new FileHostLock(StateLocation.of(surroundings), processes);
  }

  @Provides
  UseCases.Host host(HoldfastConfig config, Clock clock) {
    return new UseCases.Host(
        config.host(),
        Version.text(),
        surroundings.processors(),
        config.jobs(),
        clock,
        config.volumes().map(VolumesConfig::longestHold).orElse(VolumesConfig.USUAL_HOLD));
  }
}
