package io.holdfast.application.service;

import io.holdfast.application.history.RunEvents;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.service.RunRecords.Entry;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries out work as a run, always in this order: its journal is begun, observers are told, the
 * hooks before it, the work, the hooks after it, its end is written, observers are told again.
 */
final class SuperviseRunService implements SuperviseRun {

  /** What a run ends with that did its work, and whose hook failed afterwards. */
  private static final int IN_PART = 3;

  private final RunRecords records;
  private final HookRunner hooks;
  private final List<RunObserver> observers;
  private final Clock clock;
  private final RunEvents events;

  SuperviseRunService(
      RunRecords records,
      HookRunner hooks,
      List<RunObserver> observers,
      Clock clock,
      RunEvents events) {
    this.records = records;
    this.hooks = hooks;
    this.observers = observers;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public <T> Supervised<T> supervise(
      RunKind kind, Work<T> work, ExitCodes<T> exitCodes, Cancellation cancellation) {
    int busy = exitCodes.of(new BusyFailure("", ""));
    try (Entry record = records.begin(kind)) {
      events.on(new BackupEvent.RunStarted(record.run()));
      tell(record, observer -> observer.started(record.run()));
      T result;
      RunEnding ending;
      try {
        hooks.before(record.run(), cancellation);
        result = work.carryOut();
        ending = endingOf(exitCodes.of(result), work.facts(result));
      } catch (RuntimeException | Error failure) {
        try {
          finish(record, endingOf(exitCodes.of(failure), failure), busy, cancellation);
        } catch (RuntimeException | Error another) {
          failure.addSuppressed(another);
        }
        throw failure;
      }
      return new Supervised<>(result, finish(record, ending, busy, cancellation));
    }
  }

  private Run finish(Entry record, RunEnding ending, int busy, Cancellation cancellation) {
    ending.failure().ifPresent(events::failed);
    List<String> failedHooks = hooks.after(record.run().ended(ending), cancellation);
    failedHooks.forEach(record::trouble);
    record.endLog();
    boolean spoilt = !failedHooks.isEmpty() && ending.outcome() == RunOutcome.SUCCEEDED;
    Run ended = ended(record, ending, spoilt ? IN_PART : ending.exitCode());
    record.end(ended);
    int written = record.troubles().size();
    if (!observers.isEmpty()) {
      Optional<Run> before = before(record, busy);
      tell(record, observer -> observer.ended(ended, before));
    }
    if (record.troubles().size() == written) {
      return ended;
    }
    Run told = ended(record, ending, ended.ending().map(RunEnding::exitCode).orElse(IN_PART));
    record.end(told);
    return told;
  }

  private Optional<Run> before(Entry record, int busy) {
    try {
      return records.before(record.run(), busy);
    } catch (Failure dead) {
      record.trouble("the run before this one is not known: " + dead.getMessage());
      return Optional.empty();
    }
  }

  /** An observer that is wrong must not fail a backup either. */
  private void tell(Entry record, Function<RunObserver, List<String>> telling) {
    for (RunObserver observer : observers) {
      try {
        telling.apply(observer).forEach(record::trouble);
      } catch (RuntimeException wrong) {
        record.trouble("somebody could not be told of this run: " + wrong);
      }
    }
  }

  private Run ended(Entry record, RunEnding ending, int exitCode) {
    return record
        .run()
        .ended(
            new RunEnding(
                clock.instant(),
                RunOutcome.ofExitCode(exitCode),
                exitCode,
                ending.failure(),
                ending.hint(),
                ending.facts().withWarnings(record.troubles())));
  }

  private RunEnding endingOf(int exitCode, RunFacts facts) {
    RunOutcome outcome = RunOutcome.ofExitCode(exitCode);
    Optional<String> failure =
        outcome == RunOutcome.FAILED
            ? Optional.of(facts.failures().stream().collect(Collectors.joining("\n")))
            : Optional.empty();
    return new RunEnding(clock.instant(), outcome, exitCode, failure, "", facts);
  }

  private RunEnding endingOf(int exitCode, Throwable failure) {
    boolean known = failure instanceof Failure;
    return new RunEnding(
        clock.instant(),
        RunOutcome.ofExitCode(exitCode),
        exitCode,
        Optional.of(known ? messageOf(failure) : "a bug in holdfast: " + failure),
        failure instanceof Failure told ? told.hint() : "",
        RunFacts.NONE);
  }

  private static String messageOf(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
