package io.holdfast.application.service;

import static java.util.stream.Collectors.joining;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.RunSchedule.Alarm;
import io.holdfast.application.port.in.RunSchedule.Job;
import io.holdfast.application.port.in.RunSchedule.Plan;
import io.holdfast.application.port.in.RunSchedule.Source;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.application.port.out.schedule.ScheduleMemory;
import io.holdfast.domain.schedule.Agenda;
import io.holdfast.domain.schedule.Jitter;
import io.holdfast.domain.schedule.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One keeping of the schedule: waits, runs what is due, reads the plan again when asked. */
final class ScheduleWatch {

  /** The machine may sleep and its clock may be set: no wait relies on either for long. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

  private static final int DONE_IN_PART = 3;

  private final ScheduleMemory memory;
  private final OwnCommands commands;
  private final InstantSource clock;
  private final BackupEvents events;
  private Plan plan = new Plan(List.of(), Jitter.NONE, true);
  private Agenda agenda;

  ScheduleWatch(
      ScheduleMemory memory, OwnCommands commands, InstantSource clock, BackupEvents events) {
    this.memory = memory;
    this.commands = commands;
    this.clock = clock;
    this.events = events;
    this.agenda = agendaOf(plan, Map.of());
  }

  void keep(Source source, Alarm alarm, Cancellation stop) {
    begin(readFrom(source), memory.load());
    while (!stop.isCancelled()) {
      if (alarm.reloadAsked()) {
        reload(source);
      }
      Instant now = clock.instant();
      agenda = agenda.settled(now);
      agenda
          .due(now)
          .ifPresentOrElse(due -> carryOut(due, stop), () -> alarm.await(untilNext(now)));
    }
    note("The schedule is stopped.");
  }

  private static Plan readFrom(Source source) {
    Plan read = source.read();
    if (read.jobs().isEmpty()) {
      throw new ConfigurationFailure(
          "The configuration schedules nothing.",
          "Say what is to be run when, such as schedule: {backup: \"0 2 * * *\"}");
    }
    return read;
  }

  private void begin(Plan read, Map<String, Standing> known) {
    plan = read;
    agenda = agendaOf(read, known);
    save();
    agenda.upcoming().forEach(due -> note(next(due)));
  }

  private Agenda agendaOf(Plan read, Map<String, Standing> known) {
    return Agenda.of(
        read.jobs().stream().map(Job::entry).toList(),
        read.jitter(),
        read.catchUp(),
        known,
        clock.instant());
  }

  /** Whatever is wrong with a new plan, the old one is better than none. */
  private void reload(Source source) {
    try {
      Plan read = readFrom(source);
      note("The configuration was read again.");
      begin(read, agenda.standings());
    } catch (Failure failure) {
      events.on(
          new BackupEvent.Problem(
              "The configuration was not taken, the former one is kept: "
                  + failure.getMessage().lines().map(String::strip).collect(joining("; "))));
    }
  }

  private void carryOut(Agenda.Due due, Cancellation stop) {
    Instant begun = clock.instant();
    String name = due.entry().name();
    agenda = agenda.begun(due.entry(), begun);
    save();
    note(name + " begins at " + seconds(begun) + "; it was due at " + seconds(due.at()) + ".");
    try {
      told(name, begun, commands.run(commandOf(name), stop));
    } catch (InterruptedFailure stopped) {
      note(
          name + " was stopped" + (isRepeated(name) ? "; it is repeated at the next start." : "."));
      return;
    } catch (Failure failure) {
      events.on(
          new BackupEvent.Problem(
              name + " could not be run; the schedule goes on. " + failure.getMessage()));
    }
    agenda = agenda.ended(due.entry());
    save();
    agenda.upcoming().stream()
        .filter(next -> next.entry().name().equals(name))
        .forEach(next -> note(next(next)));
  }

  private boolean isRepeated(String name) {
    return plan.catchUp()
        && Optional.ofNullable(agenda.standings().get(name))
            .filter(standing -> standing.state() == Standing.State.BEGUN)
            .isPresent();
  }

  private List<String> commandOf(String name) {
    return plan.jobs().stream()
        .filter(job -> job.entry().name().equals(name))
        .findFirst()
        .orElseThrow()
        .command();
  }

  private void told(String name, Instant begun, int exitCode) {
    Duration took = Duration.between(begun, clock.instant());
    String text = name + " ended with exit code " + exitCode + " after " + took.toSeconds() + " s.";
    if (exitCode == 0) {
      note(text);
    } else if (exitCode == DONE_IN_PART) {
      events.on(new BackupEvent.Warning(text));
    } else {
      events.on(new BackupEvent.Problem(text + " The schedule goes on."));
    }
  }

  /** A run that cannot be remembered is better than no run. */
  private void save() {
    try {
      memory.save(agenda.standings());
    } catch (Failure failure) {
      events.on(
          new BackupEvent.Warning(
              "What was run cannot be remembered, so that a restart may run it again or miss it: "
                  + failure.getMessage()));
    }
  }

  private Duration untilNext(Instant now) {
    return agenda
        .next()
        .map(due -> Duration.between(now, due.at()))
        .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
        .map(wait -> wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait)
        .orElse(LONGEST_WAIT);
  }

  private void note(String text) {
    events.on(new BackupEvent.Note(text));
  }

  private static String next(Agenda.Due due) {
    return "next " + due.entry().name() + ": " + seconds(due.at());
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
