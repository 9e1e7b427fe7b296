package io.holdfast.podman.command;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a child and all that it started, once: asks with SIGTERM, and after a grace kills with
 * SIGKILL. Works on a thread of its own, for whoever asks must not wait.
 */
final class ChildEnder {

  private static final long POLL_MILLIS = 10;

  /** What starts others faster than this can kill them is no program that we run. */
  private static final int MOST_LOOKS = 100;

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
    // The child first: it must not live to see one of its own end, and go on.
    Set<ProcessHandle> known = new LinkedHashSet<>(List.of(process.toHandle()));
    Set<ProcessHandle> asked = new HashSet<>();
    long end = System.nanoTime() + ending.grace().toNanos();
    do {
      if (!ending.alone()) {
        look(known);
      }
      known.stream().filter(asked::add).forEach(ProcessHandle::destroy);
      pause();
    } while (known.stream().anyMatch(ProcessHandle::isAlive)
        && System.nanoTime() < end
        && !ending.hurry().isCancelled());
    look(known);
    int looks = 0;
    do {
      known.forEach(ProcessHandle::destroyForcibly);
      pause();
    } while (look(known) && ++looks < MOST_LOOKS);
  }

  /**
   * Finds what was started since the last look. Once a program has ended nobody can tell which ones
   * were its own, so that this is done while it lives, again and again.
   */
  private static boolean look(Set<ProcessHandle> known) {
    return known.addAll(known.stream().flatMap(ProcessHandle::descendants).toList());
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
