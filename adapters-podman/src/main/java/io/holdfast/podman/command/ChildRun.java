package io.holdfast.podman.command;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One child process from its start to its end: the caller's thread reads its output, helpers write
 * its input and read its errors. Whatever fails first ends the child, and nothing of the run
 * outlives {@link #toItsEnd}.
 */
final class ChildRun {

  private static final int FIRST_SIGNAL_EXIT = 129;
  private static final long SIGNAL_SETTLES_MILLIS = 300;
  private static final long FAILURE_SETTLES_MILLIS = 30;
  private static final int DRAIN_BUFFER = 32 * 1024;

  private final Process process;
  private final String program;
  private final CommandIo io;
  private final Cancellation cancellation;
  private final FirstFailure failure = new FirstFailure();
  private final ChildEnder ender;
  private final StderrReader errors;
  private final Optional<StdinWriter> input;

  ChildRun(
      Process process,
      String program,
      CommandIo io,
      Cancellation cancellation,
      Remote remote,
      Ending ending) {
    this.process = process;
    this.program = program;
    this.io = io;
    this.cancellation = cancellation;
    this.ender = new ChildEnder(process, program, remote, ending);
    this.errors =
        new StderrReader(process.getErrorStream(), program, remote, io.stderrLine(), this::failed);
    this.input =
        io.stdin()
            .map(
                writer ->
                    new StdinWriter(process.getOutputStream(), program, writer, this::failed));
    input.ifPresent(writer -> remote.whenEnded(writer::programEnded));
  }

  CommandResult toItsEnd() throws IOException {
    int exitCode;
    Cancellation.Registration registered = cancellation.onCancel(ender::end);
    try {
      errors.start();
      input.ifPresent(StdinWriter::start);
      readOutput();
      exitCode = awaitExit();
      input.ifPresent(StdinWriter::finish);
      errors.finish();
      ender.finish();
    } finally {
      registered.close();
    }
    boolean interrupted = exitCode != 0 && isInterrupted(exitCode);
    if (interrupted || exitCode >= FIRST_SIGNAL_EXIT) {
      // A signal to us all ends podman exec at once, and not what it began inside the container.
      ender.end();
      ender.finish();
    }
    if (interrupted || cancellation.isCancelled()) {
      throwInterrupted();
    }
    failure.rethrow();
    return new CommandResult(exitCode, errors.tail());
  }

  private void failed(Throwable thrown) {
    failure.note(thrown);
    ender.end();
  }

  /**
   * A failing reader must end the child before its output is closed, or it would see a mere end.
   */
  private void readOutput() {
    InputStream output = process.getInputStream();
    try {
      io.stdout().readFrom(output);
      drain(output);
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  private static void drain(InputStream output) throws IOException {
    byte[] buffer = new byte[DRAIN_BUFFER];
    while (output.read(buffer) >= 0) {
      // What nobody reads is dropped, so that the child does not block on a full pipe.
    }
  }

  private int awaitExit() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
          failed(new InterruptedFailure("The run of " + program + " was interrupted.", ""));
        }
      }
    } finally {
      closeOutput();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeOutput() {
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      failure.note(e);
    }
  }

  /** A Ctrl-C reaches the child a moment before it reaches us. */
  private boolean isInterrupted(int exitCode) {
    return cancellation.isCancelled()
        || cancellation.awaitCancelled(
            exitCode >= FIRST_SIGNAL_EXIT ? SIGNAL_SETTLES_MILLIS : FAILURE_SETTLES_MILLIS);
  }

  private void throwInterrupted() {
    InterruptedFailure interrupted =
        new InterruptedFailure("The run was interrupted while " + program + " was at work.", "");
    failure.first().ifPresent(interrupted::addSuppressed);
    throw interrupted;
  }
}
