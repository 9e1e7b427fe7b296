package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Has the work of a command carried out as a run of this host. One that finds its configuration
 * missing or wrong is a run too: whoever looks for last night's backup in the history reads why.
 *
 * @param <T> what the work returns
 */
final class Supervision<T> {

  private final RunKind kind;
  private final ToIntFunction<T> exitCodes;
  private final Function<T, RunFacts> facts;

  /**
   * @param kind what the command does
   * @param exitCodes the exit code of work that did not fail as a whole
   */
  Supervision(RunKind kind, ToIntFunction<T> exitCodes) {
    this(kind, exitCodes, result -> RunFacts.NONE);
  }

  private Supervision(RunKind kind, ToIntFunction<T> exitCodes, Function<T, RunFacts> facts) {
    this.kind = kind;
    this.exitCodes = exitCodes;
    this.facts = facts;
  }

  /** The work of a command. */
  @FunctionalInterface
  interface Work<T> {
    T carryOut(Session session, Progress progress, Cancellation cancellation);
  }

  /** The same with a way to say what was done. */
  Supervision<T> knowing(Function<T, RunFacts> done) {
    return new Supervision<>(kind, exitCodes, done);
  }

  /** Opens a session, and carries the work out in it. */
  Supervised<T> carryOut(
      Invocation invocation, Needs needs, Cancellation cancellation, Work<T> work) {
    try (Progress progress = invocation.progress()) {
      Session session;
      try {
        session = invocation.open(needs, progress);
      } catch (Failure notOpened) {
        return failed(invocation, progress, notOpened, cancellation);
      }
      try (session) {
        return supervise(
            session.superviseRun(),
            () -> work.carryOut(session, progress, cancellation),
            cancellation);
      }
    }
  }

  private Supervised<T> failed(
      Invocation invocation, Progress progress, Failure failure, Cancellation cancellation) {
    SuperviseRun unconfigured;
    try {
      unconfigured = invocation.factory().superviseRun(progress);
    } catch (RuntimeException noStateFolder) {
      failure.addSuppressed(noStateFolder);
      throw failure;
    }
    return supervise(
        unconfigured,
        () -> {
          throw failure;
        },
        cancellation);
  }

  private Supervised<T> supervise(
      SuperviseRun supervisor, Supplier<T> work, Cancellation cancellation) {
    return supervisor.supervise(
        kind,
        new SuperviseRun.Work<>() {
          @Override
          public T carryOut() {
            return work.get();
          }

          @Override
          public RunFacts facts(T result) {
            return facts.apply(result);
          }
        },
        new SuperviseRun.ExitCodes<>() {
          @Override
          public int of(T result) {
            return exitCodes.applyAsInt(result);
          }

          @Override
          public int of(Throwable failure) {
            return failure instanceof Failure known ? ExitCode.of(known.kind()) : ExitCode.BUG;
          }
        },
        cancellation);
  }

  /** What the process tells of a run that is over. */
  static int exitCode(Supervised<?> done) {
    return done.run().ending().map(RunEnding::exitCode).orElse(ExitCode.BUG);
  }

  /** A command's document with what every run tells at its end. */
  static Json.Fields json(Supervised<?> done, Json.Fields document) {
    Run run = done.run();
    List<String> warnings = run.ending().map(ending -> ending.facts().warnings()).orElse(List.of());
    return document
        .put("run", run.id().toString())
        .put("warnings", warnings)
        .put("exitCode", exitCode(done));
  }

  /** The same of a plan, which is no run. */
  static Json.Fields json(Json.Fields document, int exitCode) {
    return document
        .put("run", Optional.empty())
        .put("warnings", List.of())
        .put("exitCode", exitCode);
  }
}
