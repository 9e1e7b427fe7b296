package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs programs on this host for tests, and keeps what it was asked to run. */
final class ProcessRunner implements CommandRunner {

  private final Map<String, String> programs;
  final List<Command> commands = new CopyOnWriteArrayList<>();

  /** Runs every program as it is named. */
  ProcessRunner() {
    this(Map.of());
  }

  /** Runs some programs in the place of others. */
  ProcessRunner(Map<String, String> programs) {
    this.programs = programs;
  }

  @Override
  @SuppressWarnings("try")
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    commands.add(command);
    List<String> argv = new ArrayList<>(command.argv());
    argv.set(0, programs.getOrDefault(argv.get(0), argv.get(0)));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(command.environment());
    command
        .secretEnvironment()
        .forEach(
            (name, secret) ->
                secret.reveal(
                    text -> builder.environment().put(name, String.valueOf(text)) == null));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new SourceFailure(FailureKind.SOURCE, argv.get(0) + " cannot be run", "Install it", e);
    }
    try (Cancellation.Registration ending = cancellation.onCancel(process::destroyForcibly)) {
      CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> drain(process, io));
      CompletableFuture<Void> input = CompletableFuture.runAsync(() -> feed(process, io));
      try (InputStream out = process.getInputStream()) {
        io.stdout().readFrom(out);
        out.transferTo(OutputStream.nullOutputStream());
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
      int exit = process.waitFor();
      input.join();
      cancellation.throwIfCancelled();
      return new CommandResult(exit, errors.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String drain(Process process, CommandIo io) {
    StringBuilder tail = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    lines
        .lines()
        .forEach(
            line -> {
              io.stderrLine().accept(line);
              tail.append(line).append('\n');
            });
    return tail.substring(Math.max(0, tail.length() - 4096));
  }

  private static void feed(Process process, CommandIo io) {
    try (OutputStream in = process.getOutputStream()) {
      if (io.stdin().isPresent()) {
        io.stdin().get().writeTo(in);
      }
    } catch (IOException e) {
      if (!"Broken pipe".equals(e.getMessage()) && !"Stream closed".equals(e.getMessage())) {
        process.destroyForcibly();
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "on the host";
  }
}
