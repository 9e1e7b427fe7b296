package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/** Watches what every process of the machine shows as its arguments. */
final class Procs implements AutoCloseable {

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Thread watcher = new Thread(this::watch, "watch-arguments");
  private volatile boolean ended;

  Procs() {
    watcher.start();
  }

  private void watch() {
    while (!ended) {
      sample();
      LockSupport.parkNanos(500_000);
    }
  }

  private void sample() {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        seen.add(commandLine(process));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process's arguments, spaces between them; empty when it is gone. */
  static String commandLine(Path process) {
    try {
      byte[] arguments = Files.readAllBytes(process.resolve("cmdline"));
      return new String(arguments, StandardCharsets.UTF_8).replace('\0', ' ').trim();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Every argument list that was seen from the start until now. */
  Set<String> seen() {
    return seen;
  }

  @Override
  public void close() {
    ended = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
