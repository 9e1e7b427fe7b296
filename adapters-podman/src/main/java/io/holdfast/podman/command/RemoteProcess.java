package io.holdfast.podman.command;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** A process inside a container: learns its id and its end from error lines, and ends it. */
final class RemoteProcess implements Remote {

  private static final long ANNOUNCED_WITHIN_MILLIS = 3_000;

  /**
   * Runs inside: SIGTERM to the process group (the runtime makes each exec a session of its own;
   * else to the program alone, whose end is its shell's too), after two seconds SIGKILL.
   */
  private static final String END =
      "t=\"-$1\"; kill -s 0 -- \"$t\" 2>/dev/null || t=\"$2\"; kill -s TERM -- \"$t\" || exit 0;"
          + " n=0; while kill -s 0 -- \"$t\" 2>/dev/null && [ $n -lt 20 ]; do sleep 0.1; n=$((n+1));"
          + " done; kill -s KILL -- \"$t\" 2>/dev/null; exit 0";

  private final HostCommandRunner host;
  private final String podman;
  private final String container;
  private final ExecScript script;
  private final CompletableFuture<Pids> pids = new CompletableFuture<>();
  private volatile Runnable whenEnded = () -> {};

  /** Empty lines that may turn out to be the script's. Of the thread that reads the errors. */
  private int heldBack;

  RemoteProcess(HostCommandRunner host, String podman, String container, ExecScript script) {
    this.host = host;
    this.podman = podman;
    this.container = container;
    this.script = script;
  }

  private record Pids(String leader, String program) {}

  @Override
  public void whenEnded(Runnable action) {
    whenEnded = action;
  }

  @Override
  public void onErrorLine(String line, Consumer<String> passOn) {
    if (!pids.isDone()) {
      Matcher announcement = ExecScript.PIDS.matcher(line);
      if (announcement.matches()) {
        pids.complete(new Pids(announcement.group(1), announcement.group(2)));
        return;
      }
    }
    if (script.mayPrecedeEnd(line)) {
      heldBack++;
    } else if (script.tellsOfEnd(line)) {
      heldBack = Math.max(0, heldBack - 1);
      onErrorsEnd(passOn);
      whenEnded.run();
    } else {
      onErrorsEnd(passOn);
      passOn.accept(line);
    }
  }

  @Override
  public void onErrorsEnd(Consumer<String> passOn) {
    for (; heldBack > 0; heldBack--) {
      passOn.accept("");
    }
  }

  boolean isAnnounced() {
    return pids.isDone();
  }

  /** Ends the process if it was begun. Its failing leaves podman exec to be ended by force. */
  @Override
  public void end() {
    Optional<Pids> begun = awaitPids();
    if (begun.isEmpty()) {
      return;
    }
    Command command =
        Command.of(
            podman,
            "exec",
            container,
            "sh",
            "-c",
            END,
            "holdfast-end",
            begun.get().leader(),
            begun.get().program());
    try {
      host.run(command, CommandIo.reading(out -> {}), new Cancellation());
    } catch (IOException | Failure e) {
      // The container is gone or stopped, and the process with it.
      return;
    }
  }

  private Optional<Pids> awaitPids() {
    try {
      return Optional.of(pids.get(ANNOUNCED_WITHIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
