package io.holdfast.application.service;

import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.application.port.out.schedule.ScheduleMemory;
import java.time.InstantSource;

/** Lets one process of this host keep the schedule. */
final class RunScheduleService implements RunSchedule {

  private static final String PURPOSE = "schedule";

  private final HostLock lock;
  private final ScheduleMemory memory;
  private final OwnCommands commands;
  private final InstantSource clock;
  private final BackupEvents events;

  RunScheduleService(
      HostLock lock,
      ScheduleMemory memory,
      OwnCommands commands,
      InstantSource clock,
      BackupEvents events) {
    this.lock = lock;
    this.memory = memory;
    this.commands = commands;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public void run(Source source, Alarm alarm, Cancellation stop) {
    HostLock.Held held = lock.acquire(PURPOSE);
    try (held) {
      new ScheduleWatch(memory, commands, clock, events).keep(source, alarm, stop);
    }
  }
}
