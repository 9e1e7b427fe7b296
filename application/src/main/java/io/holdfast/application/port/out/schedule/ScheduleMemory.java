package io.holdfast.application.port.out.schedule;

import io.holdfast.domain.schedule.Standing;
import java.util.Map;

/**
 * Remembers, beyond a restart and a loss of power, how far each entry of the schedule is served.
 */
public interface ScheduleMemory {

  /**
   * What is remembered, by the entries' names; nothing at first, and nothing of what cannot be
   * understood.
   *
   * @throws io.holdfast.application.port.failure.StorageFailure when it cannot be read at all
   */
  Map<String, Standing> load();

  /**
   * Remembers this in place of what was remembered.
   *
   * @throws io.holdfast.application.port.failure.StorageFailure when it cannot be written
   */
  void save(Map<String, Standing> standings);
}
