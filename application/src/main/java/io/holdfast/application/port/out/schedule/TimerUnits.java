package io.holdfast.application.port.out.schedule;

import io.holdfast.application.port.out.command.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Lets the host's service manager keep the schedule. Touches nothing but its own files. */
public interface TimerUnits {

  /**
   * What would be installed.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when the manager does not
   *     understand the plan
   */
  List<Unit> draft(Plan plan);

  /**
   * Installs a timer and a service for each command and starts the timers; what it has installed
   * before for other commands is removed. To install the same again changes nothing.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when a file of another maker,
   *     or of another configuration, is in the way; nothing was changed
   * @throws io.holdfast.application.port.failure.StorageFailure when a file cannot be written
   * @throws io.holdfast.application.port.failure.SourceFailure when the manager is not there or
   *     refuses
   */
  Change install(Plan plan, Cancellation cancellation);

  /** Stops and removes all that it has installed. */
  Change remove(Cancellation cancellation);

  /** How the units of some commands stand, by the commands' names. */
  Map<String, State> look(List<String> names, Cancellation cancellation);

  /** Where the files lie. */
  Path folder();

  /**
   * What is to be installed.
   *
   * @param launcher the program, an absolute path
   * @param config its configuration, an absolute path
   * @param environment what the program needs to find in its environment; no secrets
   * @param zone whose clock counts
   * @param jitter by how much runs may come later
   * @param catchUp true when what was missed while the host was down is made good
   * @param commands each with another name
   */
  record Plan(
      Path launcher,
      Path config,
      Map<String, String> environment,
      ZoneId zone,
      Duration jitter,
      boolean catchUp,
      List<TimedCommand> commands) {
    public Plan {
      environment = Map.copyOf(environment);
      commands = List.copyOf(commands);
    }
  }

  /**
   * A command and its times.
   *
   * @param name a word
   * @param cron when
   * @param command with its arguments
   * @param needsPodman true when it works with containers and volumes
   */
  record TimedCommand(String name, String cron, List<String> command, boolean needsPodman) {
    public TimedCommand {
      command = List.copyOf(command);
    }
  }

  /**
   * A file.
   *
   * @param name of the file
   * @param text all that is in it
   */
  record Unit(String name, String text) {}

  /**
   * What was changed.
   *
   * @param written files that are new or other than before
   * @param unchanged files that are as they were
   * @param removed files that are gone
   * @param remarks what an operator should know, a sentence each
   */
  record Change(
      List<String> written, List<String> unchanged, List<String> removed, List<String> remarks) {
    public Change {
      written = List.copyOf(written);
      unchanged = List.copyOf(unchanged);
      removed = List.copyOf(removed);
      remarks = List.copyOf(remarks);
    }
  }

  /** How the units of a command stand. */
  enum State {
    /** There are none. */
    NOT_INSTALLED,
    /** The files are there; whether the timer runs is not to be learned, or it does not. */
    INSTALLED,
    /** The timer runs. */
    ACTIVE,
    /** Files of these names are there, and somebody else has made them. */
    FOREIGN
  }
}
