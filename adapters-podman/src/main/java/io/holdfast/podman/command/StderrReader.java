package io.holdfast.podman.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Reads a child's error output line by line on its own thread and keeps the last of it. */
final class StderrReader {

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int LONGEST_TAIL = 4 * 1024;
  private static final int BUFFER = 8 * 1024;
  private static final long BACKGROUND_HOLDS_MILLIS = 5_000;

  private final InputStream stderr;
  private final Remote remote;
  private final Consumer<String> lines;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;

  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private final Deque<String> tail = new ArrayDeque<>();
  private int tailLength;

  StderrReader(
      InputStream stderr,
      String program,
      Remote remote,
      Consumer<String> lines,
      Consumer<Throwable> onFailure) {
    this.stderr = stderr;
    this.remote = remote;
    this.lines = lines;
    this.onFailure = onFailure;
    this.thread = new Thread(this::read, "stderr of " + program);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Waits for the end of the error output of a child that has ended. Not for ever: what it left
   * running in the background may hold it open.
   */
  void finish() {
    Joining.join(thread, BACKGROUND_HOLDS_MILLIS);
  }

  /** The last lines so far. */
  String tail() {
    synchronized (tail) {
      return String.join("\n", tail);
    }
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try (stderr) {
      int count = stderr.read(buffer);
      while (count >= 0) {
        split(buffer, count);
        count = stderr.read(buffer);
      }
      if (length > 0) {
        endLine();
      }
      remote.onErrorsEnd(this::passOn);
    } catch (IOException e) {
      onFailure.accept(e);
    }
  }

  private void split(byte[] buffer, int count) {
    for (int i = 0; i < count; i++) {
      byte b = buffer[i];
      if (b == '\n') {
        endLine();
      } else if (length < LONGEST_LINE) {
        line[length++] = b;
      }
    }
  }

  private void endLine() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    remote.onErrorLine(text, this::passOn);
  }

  private void passOn(String text) {
    remember(text);
    try {
      lines.accept(text);
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private void remember(String text) {
    String kept = text.length() > LONGEST_TAIL ? text.substring(0, LONGEST_TAIL) : text;
    synchronized (tail) {
      tail.addLast(kept);
      tailLength += kept.length() + 1;
      while (tailLength > LONGEST_TAIL + 1) {
        tailLength -= tail.removeFirst().length() + 1;
      }
    }
  }
}
