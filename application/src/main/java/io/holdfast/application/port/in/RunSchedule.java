package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.schedule.Entry;
import io.holdfast.domain.schedule.Jitter;
import java.time.Duration;
import java.util.List;

/**
 * Runs what is due when it is due, one at a time, until it is told to stop. A run that fails never
 * ends the schedule.
 */
public interface RunSchedule {

  /**
   * Goes on until stopped.
   *
   * @param source tells what is to be run when
   * @param alarm waits, and tells when the source is to be asked again
   * @param stop ends it: nothing more is begun, and what is at work is stopped and waited for
   * @throws io.holdfast.application.port.failure.BusyFailure when another process of this host
   *     already does it
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the source has nothing,
   *     at the beginning; later the former plan is kept
   */
  void run(Source source, Alarm alarm, Cancellation stop);

  /** Where the plan comes from. */
  @FunctionalInterface
  interface Source {

    /**
     * The plan as it is now.
     *
     * @throws io.holdfast.application.port.failure.Failure when it is wrong or not there
     */
    Plan read();
  }

  /** What ends a wait. */
  interface Alarm {

    /** True once after each time that somebody asked for the plan to be read again. */
    boolean reloadAsked();

    /** Waits so long, or less: until somebody stops the schedule or asks for a new plan. */
    void await(Duration atMost);
  }

  /**
   * What is to be run when.
   *
   * @param jobs each with another name
   * @param jitter by how much they come later
   * @param catchUp true when what was missed while nothing was running is made good
   */
  record Plan(List<Job> jobs, Jitter jitter, boolean catchUp) {
    public Plan {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * One command.
   *
   * @param entry its name and times
   * @param command with its arguments
   */
  record Job(Entry entry, List<String> command) {
    public Job {
      command = List.copyOf(command);
    }
  }
}
