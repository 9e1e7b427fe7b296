package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.in.RunSchedule.Job;
import io.holdfast.application.port.in.RunSchedule.Plan;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.schedule.ScheduleMemory;
import io.holdfast.application.testing.FakeHostLock;
import io.holdfast.application.testing.RecordingEvents;
import io.holdfast.domain.schedule.Entry;
import io.holdfast.domain.schedule.Jitter;
import io.holdfast.domain.schedule.Standing;
import io.holdfast.domain.schedule.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunScheduleServiceTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Job BACKUP = job("backup", 60);
  private static final Job STATUS = job("status", 15);

  private final RecordingEvents events = new RecordingEvents();
  private final FakeHostLock lock = new FakeHostLock();
  private final Cancellation stop = new Cancellation();
  private final List<String> ran = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Deque<Supplier<Integer>> outcomes = new ArrayDeque<>();
  private Map<String, Standing> remembered = new HashMap<>();
  private boolean forgetful;
  private boolean reload;
  private Instant now = NOON;
  private Instant end = NOON.plus(Duration.ofMinutes(61));

  @Test
  void everything_is_run_at_its_time_one_after_the_other() {
    keep(() -> plan(BACKUP, STATUS));

    assertThat(ran)
        .containsExactly(
            "12:15 status now",
            "12:30 status now",
            "12:45 status now",
            "13:00 backup now",
            "13:00 status now");
    assertThat(remembered.get("backup"))
        .isEqualTo(new Standing("60", NOON.plusSeconds(3_600), Standing.State.SERVED));
    assertThat(lock.held()).isEmpty();
  }

  @Test
  void no_wait_is_longer_than_a_minute_so_that_a_clock_that_jumps_is_noticed() {
    keep(() -> plan(BACKUP));

    assertThat(waits).isNotEmpty().allMatch(wait -> wait.compareTo(Duration.ofMinutes(1)) <= 0);
    assertThat(waits).allMatch(wait -> !wait.isZero() && !wait.isNegative());
  }

  @Test
  void a_run_that_fails_does_not_end_the_schedule() {
    outcomes.add(() -> 12);
    outcomes.add(() -> 3);
    outcomes.add(
        () -> {
          throw new SourceFailure(FailureKind.SOURCE, "There is no program.", "");
        });

    keep(() -> plan(STATUS));

    assertThat(ran).hasSize(4);
    assertThat(events.problems())
        .containsExactly(
            "status ended with exit code 12 after 0 s. The schedule goes on.",
            "status could not be run; the schedule goes on. There is no program.");
    assertThat(events.warnings()).containsExactly("status ended with exit code 3 after 0 s.");
  }

  @Test
  void what_was_missed_is_run_once_at_the_start() {
    remembered.put("backup", served("60", "2026-11-20T12:00:00Z"));
    end = NOON.plusSeconds(60);

    keep(() -> plan(BACKUP));

    assertThat(ran).containsExactly("12:00 backup now");
  }

  @Test
  void a_run_is_remembered_before_it_begins() {
    outcomes.add(
        () -> {
          assertThat(remembered.get("status"))
              .isEqualTo(new Standing("15", NOON.plusSeconds(900), Standing.State.BEGUN));
          return 0;
        });

    keep(() -> plan(STATUS));

    assertThat(outcomes).isEmpty();
  }

  @Test
  void a_stop_ends_the_run_at_work_and_begins_no_other() {
    outcomes.add(
        () -> {
          stop.cancel();
          throw new InterruptedFailure("stopped", "");
        });

    keep(() -> plan(STATUS, BACKUP));

    assertThat(ran).containsExactly("12:15 status now");
    assertThat(notes()).contains("status was stopped; it is repeated at the next start.");
    assertThat(remembered)
        .containsEntry("status", new Standing("15", NOON.plusSeconds(900), Standing.State.BEGUN));
  }

  @Test
  void a_new_plan_is_taken_when_somebody_asks_for_it() {
    Deque<Plan> plans = new ArrayDeque<>(List.of(plan(BACKUP), plan(STATUS)));
    outcomes.add(() -> 0);
    reload = true;

    keep(plans::pop);

    assertThat(ran).hasSize(4).allMatch(line -> line.endsWith("status now"));
  }

  @Test
  void a_plan_that_is_wrong_is_told_and_the_former_kept() {
    Deque<Plan> plans = new ArrayDeque<>(List.of(plan(BACKUP)));
    reload = true;

    keep(
        () -> {
          if (plans.isEmpty()) {
            throw new ConfigurationFailure("the configuration has a problem\n  F:1: bad", "");
          }
          return plans.pop();
        });

    assertThat(ran).containsExactly("13:00 backup now");
    assertThat(events.problems())
        .containsExactly(
            "The configuration was not taken, the former one is kept: the configuration has a"
                + " problem; F:1: bad");
  }

  @Test
  void nothing_to_run_is_an_error_at_the_beginning() {
    assertThatThrownBy(() -> keep(() -> plan()))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("schedules nothing");
    assertThat(lock.held()).isEmpty();
  }

  @Test
  void two_do_not_keep_the_schedule_of_one_host() {
    lock.acquire("schedule");
    assertThatThrownBy(() -> keep(() -> plan(BACKUP))).isInstanceOf(BusyFailure.class);
  }

  @Test
  void what_cannot_be_remembered_is_run_all_the_same() {
    forgetful = true;

    keep(() -> plan(BACKUP));

    assertThat(ran).containsExactly("13:00 backup now");
    assertThat(events.warnings()).isNotEmpty().allMatch(text -> text.contains("disk full"));
  }

  private void keep(RunSchedule.Source source) {
    InstantSource clock = () -> now;
    OversightUseCases.runSchedule(lock, new Memory(), this::carryOut, clock, events)
        .run(source, new Alarm(), stop);
  }

  private int carryOut(List<String> command, Cancellation ignored) {
    ran.add(now.toString().substring(11, 16) + " " + String.join(" ", command));
    return outcomes.isEmpty() ? 0 : outcomes.pop().get();
  }

  private List<String> notes() {
    return events.of(BackupEvent.Note.class).stream().map(BackupEvent.Note::message).toList();
  }

  private static Plan plan(Job... jobs) {
    return new Plan(List.of(jobs), Jitter.NONE, true);
  }

  private static Standing served(String expression, String upTo) {
    return new Standing(expression, Instant.parse(upTo), Standing.State.SERVED);
  }

  private static Job job(String name, int minutes) {
    long step = minutes * 60L;
    Times times =
        new Times() {
          @Override
          public Optional<Instant> after(Instant moment) {
            return Optional.of(Instant.ofEpochSecond((moment.getEpochSecond() / step + 1) * step));
          }

          @Override
          public Optional<Instant> upTo(Instant moment) {
            return Optional.of(Instant.ofEpochSecond(moment.getEpochSecond() / step * step));
          }
        };
    return new Job(new Entry(name, Integer.toString(minutes), times), List.of(name, "now"));
  }

  /** Lets the time of each wait pass, and ends the schedule at the end of the test's time. */
  private final class Alarm implements RunSchedule.Alarm {

    @Override
    public boolean reloadAsked() {
      boolean asked = reload;
      reload = false;
      return asked;
    }

    @Override
    public void await(Duration atMost) {
      waits.add(atMost);
      now = now.plus(atMost);
      if (now.isAfter(end)) {
        stop.cancel();
      }
    }
  }

  private final class Memory implements ScheduleMemory {

    @Override
    public Map<String, Standing> load() {
      return remembered;
    }

    @Override
    public void save(Map<String, Standing> standings) {
      if (forgetful) {
        throw new StorageFailure(FailureKind.STORAGE_FULL, "disk full", "");
      }
      remembered = standings;
    }
  }
}
