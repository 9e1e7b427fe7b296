package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.testing.MemoryRunJournal.Death;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SuperviseRunServiceTest {

  private static final RunFacts FACTS =
      new RunFacts(
          List.of(new SetId(TestHost.NOW)),
          List.of(),
          List.of(
              new TargetFact("local", Optional.empty()),
              new TargetFact("nas", Optional.of("it is full"))),
          List.of("a warning"));

  private final TestHost host = new TestHost();
  private final List<String> happened = new ArrayList<>();
  private List<String> observerTroubles = List.of();

  @Test
  void a_run_is_begun_told_hooked_worked_hooked_written_and_told_in_this_order() {
    observe();
    hooks(RunKind.BACKUP);
    host.programs.meanwhile =
        any -> happened.add("hook " + last().environment().get("HOLDFAST_PHASE"));

    Supervised<Integer> done = supervise(() -> worked(0));

    assertThat(happened)
        .containsExactly(
            "started, written: no end", "hook before", "work", "hook after", "ended SUCCEEDED");
    assertThat(done.result()).isZero();
    assertThat(host.runs.runs()).containsExactly(done.run());
    assertThat(done.run().came(RunOutcome.SUCCEEDED)).isTrue();
    assertThat(host.runs.open).isZero();
  }

  @Test
  void the_exception_of_the_work_comes_out_itself_and_the_run_is_written_down_as_failed() {
    observe();
    hooks(RunKind.BACKUP);
    Failure failure = new SourceFailure(FailureKind.SOURCE, "no such database", "look");

    assertThat(catchThrowable(() -> supervise(() -> thrown(failure)))).isSameAs(failure);

    RunEnding ending = onlyEnding();
    assertThat(ending.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(ending.exitCode()).isEqualTo(11);
    assertThat(ending.failure()).contains("no such database");
    assertThat(ending.hint()).isEqualTo("look");
    assertThat(phases()).containsExactly("before", "on-failure");
    assertThat(last().environment())
        .containsEntry("HOLDFAST_ERROR", "no such database")
        .containsEntry("HOLDFAST_EXIT_CODE", "11")
        .containsEntry("HOLDFAST_OUTCOME", "FAILED");
    assertThat(happened).endsWith("ended FAILED");
    assertThat(host.runs.lines).extracting(LogLine::message).contains("no such database");
  }

  @Test
  void a_bug_is_written_down_too_and_comes_out_itself() {
    RuntimeException bug = new IllegalStateException("cannot be");

    assertThat(catchThrowable(() -> supervise(() -> thrown(bug)))).isSameAs(bug);

    assertThat(onlyEnding().exitCode()).isEqualTo(1);
    assertThat(onlyEnding().failure().orElseThrow()).contains("a bug", "cannot be");
  }

  @Test
  void an_interrupted_run_is_written_down_and_its_hook_on_failure_still_runs() {
    hooks(RunKind.BACKUP);

    assertThatThrownBy(
            () ->
                supervise(
                    () -> {
                      host.cancellation.cancel();
                      return thrown(new InterruptedFailure("The run was interrupted.", ""));
                    }))
        .isInstanceOf(InterruptedFailure.class);

    assertThat(onlyEnding().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
    assertThat(phases()).containsExactly("before", "on-failure");
  }

  @Test
  void a_result_with_a_bad_exit_code_is_a_failure_that_says_what_failed() {
    hooks(RunKind.BACKUP);

    Supervised<Integer> done = supervise(() -> worked(12));

    assertThat(onlyEnding()).isEqualTo(done.run().ending().orElseThrow());
    assertThat(onlyEnding().outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(onlyEnding().failure()).contains("target nas: it is full");
    assertThat(last().environment())
        .containsEntry("HOLDFAST_PHASE", "on-failure")
        .containsEntry("HOLDFAST_SET", "20251006_020000")
        .containsEntry("HOLDFAST_TARGETS", "local")
        .containsEntry("HOLDFAST_WARNINGS", "a warning")
        .containsEntry("HOLDFAST_HOST", TestHost.NAME);
  }

  @Test
  void a_journal_that_cannot_be_begun_is_a_warning_of_the_run() {
    host.runs.death = Death.AT_BEGIN;

    Supervised<Integer> done = supervise(() -> worked(0));

    assertThat(done.run().id().toString()).isEqualTo("20251006_020000-backup-100");
    assertThat(host.events.warnings()).singleElement().asString().contains("No space left");
    assertThat(warningsOf(done)).anyMatch(warning -> warning.contains("No space left"));
    assertThat(done.run().came(RunOutcome.SUCCEEDED)).isTrue();
  }

  @Test
  void a_log_that_cannot_be_written_is_let_go_of_with_one_warning() {
    host.runs.death = Death.AT_LINE;

    Supervised<Integer> done =
        supervise(
            () -> {
              note("one");
              note("two");
              return worked(0);
            });

    assertThat(host.events.warnings()).singleElement().asString().contains("log of this run");
    assertThat(warningsOf(done)).contains(host.events.warnings().get(0));
  }

  @Test
  void an_end_that_cannot_be_written_is_a_warning() {
    host.runs.death = Death.AT_END;

    Supervised<Integer> done = supervise(() -> worked(0));

    assertThat(done.run().came(RunOutcome.SUCCEEDED)).isTrue();
    assertThat(host.events.warnings()).isNotEmpty().allMatch(w -> w.contains("No space left"));
    assertThat(host.runs.open).isZero();
  }

  @Test
  void what_an_observer_cannot_do_is_named_in_the_run_and_fails_nothing() {
    observe();
    observerTroubles = List.of("webhook ops does not answer");
    host.observers.add(new Wrong());

    Supervised<Integer> done = supervise(() -> worked(0));

    assertThat(done.run().came(RunOutcome.SUCCEEDED)).isTrue();
    assertThat(warningsOf(done))
        .contains("a warning", "webhook ops does not answer")
        .anyMatch(warning -> warning.contains("an observer's bug"));
    assertThat(onlyEnding().facts().warnings()).isEqualTo(warningsOf(done));
    assertThat(host.events.warnings()).contains("webhook ops does not answer");
  }

  @Test
  void observers_learn_of_the_newest_run_before_that_counts() {
    observe();
    host.runs.remember(run("20251001_020000-backup-1", Optional.of(11)));
    host.runs.remember(run("20251002_020000-backup-1", Optional.of(14)));
    host.runs.remember(run("20251003_020000-backup-1", Optional.of(130)));
    host.runs.remember(run("20251004_020000-backup-1", Optional.empty()));
    host.runs.remember(run("20251005_020000-verify-1", Optional.of(0)));

    supervise(() -> worked(0));

    assertThat(happened).endsWith("ended SUCCEEDED after 20251001_020000-backup-1");
  }

  @Test
  void a_failing_hook_before_stops_the_run_and_the_one_on_failure_follows() {
    hooks(RunKind.BACKUP);
    host.programs.exitCodes.put("before", 4);

    assertThatThrownBy(() -> supervise(() -> worked(0)))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("hook before (before) failed with exit code 4: it will not");

    assertThat(happened).doesNotContain("work");
    assertThat(phases()).containsExactly("before", "on-failure");
    assertThat(onlyEnding().exitCode()).isEqualTo(11);
  }

  @Test
  void a_failing_hook_after_makes_a_whole_run_one_in_part_and_no_better_of_a_worse() {
    hooks(RunKind.BACKUP);
    host.programs.exitCodes.put("after", 1);
    host.programs.exitCodes.put("on-failure", 1);

    Supervised<Integer> done = supervise(() -> worked(0));
    assertThat(done.run().ending().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(warningsOf(done)).anyMatch(w -> w.contains("hook after (after) failed"));

    Supervised<Integer> failed = supervise(() -> worked(12));
    assertThat(failed.run().ending().orElseThrow().exitCode()).isEqualTo(12);
  }

  @Test
  void a_hook_that_is_late_is_ended_and_fails() {
    host.hooks.put(
        RunKind.BACKUP,
        new RunHooks(List.of(List.of("slow")), List.of(), List.of(), Duration.ofMillis(1)));
    host.programs.meanwhile = scope -> scope.awaitCancelled(60_000);

    assertThatThrownBy(() -> supervise(() -> worked(0)))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("was still at work after");
    assertThat(host.cancellation.isCancelled()).isFalse();
  }

  @Test
  void an_interrupt_ends_a_hook() {
    hooks(RunKind.BACKUP);
    host.programs.meanwhile = any -> host.cancellation.cancel();

    assertThatThrownBy(() -> supervise(() -> worked(0))).isInstanceOf(InterruptedFailure.class);

    assertThat(happened).doesNotContain("work");
    assertThat(onlyEnding().outcome()).isEqualTo(RunOutcome.INTERRUPTED);
  }

  @Test
  void a_hook_prints_into_the_log_and_other_commands_have_none() {
    hooks(RunKind.RESTORE);
    host.programs.prints = "frozen%nand still".formatted();
    supervise(() -> worked(0));
    assertThat(host.programs.ran).isEmpty();

    hooks(RunKind.BACKUP);
    supervise(() -> worked(0));
    assertThat(host.runs.lines)
        .extracting(LogLine::message)
        .contains("hook before (before): frozen", "hook before (before): and still");
  }

  @Test
  void a_busy_run_is_written_down_with_its_exit_code() {
    Failure busy = new BusyFailure("Another run is at work", "wait");

    assertThat(catchThrowable(() -> supervise(() -> thrown(busy)))).isSameAs(busy);

    assertThat(onlyEnding().exitCode()).isEqualTo(14);
    assertThat(onlyEnding().outcome()).isEqualTo(RunOutcome.FAILED);
  }

  private Supervised<Integer> supervise(Supplier<Integer> work) {
    return host.useCases()
        .oversight()
        .superviseRun()
        .supervise(
            RunKind.BACKUP,
            new SuperviseRun.Work<>() {
              @Override
              public Integer carryOut() {
                return work.get();
              }

              @Override
              public RunFacts facts(Integer result) {
                return FACTS;
              }
            },
            new SuperviseRun.ExitCodes<>() {
              @Override
              public int of(Integer result) {
                return result;
              }

              @Override
              public int of(Throwable failure) {
                return failure instanceof Failure known ? codeOf(known.kind()) : 1;
              }
            },
            host.cancellation);
  }

  private static int codeOf(FailureKind kind) {
    return kind == FailureKind.BUSY ? 14 : kind == FailureKind.INTERRUPTED ? 130 : 11;
  }

  private int worked(int exitCode) {
    happened.add("work");
    return exitCode;
  }

  private static int thrown(RuntimeException failure) {
    throw failure;
  }

  private void note(String message) {
    host.runEvents.on(new BackupEvent.Note(message));
  }

  private Command last() {
    return host.programs.ran.get(host.programs.ran.size() - 1);
  }

  private List<String> phases() {
    return host.programs.ran.stream().map(c -> c.environment().get("HOLDFAST_PHASE")).toList();
  }

  private RunEnding onlyEnding() {
    assertThat(host.runs.runs()).hasSize(1);
    return host.runs.runs().get(0).ending().orElseThrow();
  }

  private static List<String> warningsOf(Supervised<Integer> done) {
    return done.run().ending().orElseThrow().facts().warnings();
  }

  private void hooks(RunKind kind) {
    host.hooks.put(
        kind,
        new RunHooks(
            List.of(List.of("before", "x")),
            List.of(List.of("after")),
            List.of(List.of("on-failure")),
            Duration.ofMinutes(1)));
  }

  private static Run run(String id, Optional<Integer> exitCode) {
    RunId name = new RunId(id);
    return new Run(
        name,
        RunKind.ofCommand(id.split("-", 3)[1]).orElseThrow(),
        TestHost.NOW,
        exitCode.map(
            code ->
                new RunEnding(
                    TestHost.NOW,
                    RunOutcome.ofExitCode(code),
                    code,
                    Optional.empty(),
                    "",
                    RunFacts.NONE)));
  }

  private void observe() {
    host.observers.add(
        new RunObserver() {
          @Override
          public List<String> started(Run run) {
            boolean open = host.runs.runs().get(0).ending().isEmpty();
            happened.add("started, written: " + (open ? "no end" : "ended"));
            return List.of();
          }

          @Override
          public List<String> ended(Run run, Optional<Run> before) {
            assertThat(host.runs.find(run.id())).contains(run);
            happened.add(
                "ended "
                    + run.ending().orElseThrow().outcome()
                    + before.map(other -> " after " + other.id()).orElse(""));
            return observerTroubles;
          }

          @Override
          public List<String> objectives(List<String> missed) {
            return List.of();
          }
        });
  }

  private static final class Wrong implements RunObserver {
    @Override
    public List<String> started(Run run) {
      return List.of();
    }

    @Override
    public List<String> ended(Run run, Optional<Run> before) {
      throw new IllegalStateException("an observer's bug");
    }

    @Override
    public List<String> objectives(List<String> missed) {
      return List.of();
    }
  }
}
