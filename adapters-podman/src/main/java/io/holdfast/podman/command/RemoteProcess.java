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
import java.util.regex.Pattern;

/** A process inside a container: learns its id from its first error line, and ends it. */
final class RemoteProcess {

  private static final Pattern ANNOUNCEMENT = Pattern.compile("holdfast-pid ([1-9][0-9]{0,9})");
  private static final long ANNOUNCED_WITHIN_MILLIS = 3_000;

  /**
   * Runs inside: SIGTERM to the process group (the runtime makes each exec a session of its own;
   * else to the process alone), after two seconds SIGKILL.
   */
  private static final String END =
      "t=\"-$1\"; kill -s 0 -- \"$t\" 2>/dev/null || t=\"$1\"; kill -s TERM -- \"$t\" || exit 0;"
          + " n=0; while kill -s 0 -- \"$t\" 2>/dev/null && [ $n -lt 20 ]; do sleep 0.1; n=$((n+1));"
          + " done; kill -s KILL -- \"$t\" 2>/dev/null; exit 0";

  private final HostCommandRunner host;
  private final String podman;
  private final String container;
  private final Consumer<String> lines;
  private final CompletableFuture<String> pid = new CompletableFuture<>();

  RemoteProcess(HostCommandRunner host, String podman, String container, Consumer<String> lines) {
    this.host = host;
    this.podman = podman;
    this.container = container;
    this.lines = lines;
  }

  /** Takes the announcement out of the error lines. */
  void onStderr(String line) {
    if (!pid.isDone()) {
      Matcher announcement = ANNOUNCEMENT.matcher(line);
      if (announcement.matches()) {
        pid.complete(announcement.group(1));
        return;
      }
    }
    lines.accept(line);
  }

  boolean isAnnounced() {
    return pid.isDone();
  }

  String withoutAnnouncement(String stderrTail) {
    return pid.isDone()
        ? stderrTail.replaceFirst("\\Aholdfast-pid " + pid.join() + "(\n|\\z)", "")
        : stderrTail;
  }

  /** Ends the process if it was begun. Its failing leaves podman exec to be ended by force. */
  void end() {
    Optional<String> begun = awaitPid();
    if (begun.isEmpty()) {
      return;
    }
    Command command =
        Command.of(podman, "exec", container, "sh", "-c", END, "holdfast-end", begun.get());
    try {
      host.run(command, CommandIo.reading(out -> {}), new Cancellation());
    } catch (IOException | Failure e) {
      // The container is gone or stopped, and the process with it.
      return;
    }
  }

  private Optional<String> awaitPid() {
    try {
      return Optional.of(pid.get(ANNOUNCED_WITHIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
