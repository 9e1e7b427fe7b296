package io.holdfast.application.service;

import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the operator's own programs around a run, each for a limited time. */
final class HookRunner {

  /** A process that was told to end is given half a minute; a hook may have most of it. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private final Map<RunKind, RunHooks> hooks;
  private final CommandRunner runner;
  private final String host;
  private final BackupEvents events;

  HookRunner(Map<RunKind, RunHooks> hooks, CommandRunner runner, String host, BackupEvents events) {
    this.hooks = hooks;
    this.runner = runner;
    this.host = host;
    this.events = events;
  }

  /**
   * Runs those before a run, to the first that fails.
   *
   * @throws SourceFailure when one failed or was late
   */
  void before(Run run, Cancellation cancellation) {
    RunHooks mine = hooksOf(run);
    Map<String, String> facts = HookFacts.before(run, host);
    for (List<String> argv : mine.before()) {
      run("before", argv, facts, mine.timeout(), cancellation);
    }
  }

  /**
   * Runs those after a run, all of them; after one that was interrupted they have a moment more.
   *
   * @return which failed and why, a sentence each
   */
  List<String> after(Run ended, Cancellation cancellation) {
    RunHooks mine = hooksOf(ended);
    boolean well = ended.came(RunOutcome.SUCCEEDED) || ended.came(RunOutcome.PARTIAL);
    boolean hurried = cancellation.isCancelled();
    Duration timeout =
        hurried && mine.timeout().compareTo(LAST_WORDS) > 0 ? LAST_WORDS : mine.timeout();
    String phase = well ? "after" : "on-failure";
    Map<String, String> facts = HookFacts.after(ended, host, phase);
    List<String> failed = new ArrayList<>();
    for (List<String> argv : well ? mine.after() : mine.onFailure()) {
      try {
        run(phase, argv, facts, timeout, hurried ? new Cancellation() : cancellation);
      } catch (InterruptedFailure interrupted) {
        failed.add(name(phase, argv) + " was interrupted");
      } catch (Failure failure) {
        failed.add(failure.getMessage());
      }
    }
    return failed;
  }

  private RunHooks hooksOf(Run run) {
    return hooks.getOrDefault(run.kind(), RunHooks.NONE);
  }

  private void run(
      String phase,
      List<String> argv,
      Map<String, String> facts,
      Duration timeout,
      Cancellation cancellation) {
    String name = name(phase, argv);
    events.on(new BackupEvent.Note(name + " begins"));
    CommandResult result;
    try {
      result =
          TimeLimit.run(
              timeout,
              cancellation,
              scope -> runner.run(new Command(argv, facts, Map.of()), output(name), scope));
    } catch (TimeLimit.LateException late) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          name + " was still at work after " + timeout.toSeconds() + " s, and was ended",
          "Let it end sooner, or give it more time with timeout: beside it.",
          late);
    } catch (IOException e) {
      throw new SourceFailure(
          FailureKind.SOURCE, name + " cannot be listened to: " + e.getMessage(), "", e);
    } catch (SourceFailure notStarted) {
      throw new SourceFailure(
          notStarted.kind(),
          name + " cannot be run: " + notStarted.getMessage(),
          notStarted.hint(),
          notStarted);
    }
    if (!result.succeeded()) {
      String last = result.stderrTail().strip().lines().reduce((a, b) -> b).orElse("");
      throw new SourceFailure(
          FailureKind.SOURCE,
          name
              + " failed with exit code "
              + result.exitCode()
              + (last.isEmpty() ? "" : ": " + last),
          "Run it by hand to see why; its output is in `holdfast history RUN`.");
    }
  }

  private CommandIo output(String name) {
    return CommandIo.reading(stdout -> CutLines.read(stdout, line -> told(name, line)))
        .withStderr(line -> told(name, line));
  }

  private void told(String name, String line) {
    events.on(new BackupEvent.Note(name + ": " + line));
  }

  private static String name(String phase, List<String> argv) {
    return "hook " + phase + " (" + argv.get(0) + ")";
  }
}
