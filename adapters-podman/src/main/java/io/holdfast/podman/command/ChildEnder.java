package io.holdfast.podman.command;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends a child and all that it started, once: asks with SIGTERM, and after a grace kills with
 * SIGKILL. Works on a thread of its own, for whoever asks must not wait.
 */
final class ChildEnder {

  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final String program;
  private final Remote remote;
  private final Ending ending;
  private @Nullable Thread thread;

  ChildEnder(Process process, String program, Remote remote, Ending ending) {
    this.process = process;
    this.program = program;
    this.remote = remote;
    this.ending = ending;
  }

  /** Begins to end the child; the first call counts. */
  synchronized void end() {
    if (thread != null) {
      return;
    }
    thread = new Thread(this::endAll, "ender of " + program);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until all is ended, if that was begun. */
  void finish() {
    Thread begun;
    synchronized (this) {
      begun = thread;
    }
    if (begun != null) {
      Joining.join(begun);
    }
  }

  private void endAll() {
    remote.end();
    List<ProcessHandle> asked = ending.alone() ? List.of(process.toHandle()) : tree();
    asked.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + ending.grace().toNanos();
    while (asked.stream().anyMatch(ProcessHandle::isAlive)
        && System.nanoTime() < end
        && !ending.hurry().isCancelled()) {
      pause();
    }
    // What was started in the meantime hangs below what was asked, and is gone with it or killed.
    Stream.concat(asked.stream(), asked.stream().flatMap(ProcessHandle::descendants))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** The child first: it must not live to see one of its own end, and go on. */
  private List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; ending the child goes before anything else.
      Thread.currentThread().interrupt();
    }
  }
}
