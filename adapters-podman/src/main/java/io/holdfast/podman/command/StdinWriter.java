package io.holdfast.podman.command;

import io.holdfast.application.port.out.command.CommandIo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Writes a child's input on its own thread. */
final class StdinWriter {

  private static final long WRITER_NOTICES_MILLIS = 5_000;

  private final Pipe stdin;
  private final CommandIo.Writer writer;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;

  StdinWriter(
      OutputStream stdin, String program, CommandIo.Writer writer, Consumer<Throwable> onFailure) {
    this.stdin = new Pipe(stdin);
    this.writer = writer;
    this.onFailure = onFailure;
    this.thread = new Thread(this::write, "stdin of " + program);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Waits for the writer, whose child has ended; one that waits for its own source is woken. */
  void finish() {
    if (!Joining.join(thread, WRITER_NOTICES_MILLIS)) {
      thread.interrupt();
      Joining.join(thread);
    }
  }

  /**
   * A writer that fails must not close the input: to the child that would be a regular end, and it
   * would carry out what it has read so far. The pipe closes with the child instead.
   */
  private void write() {
    try {
      writer.writeTo(stdin);
    } catch (IOException | RuntimeException | Error e) {
      if (!stdin.broken) {
        onFailure.accept(e);
        return;
      }
    }
    stdin.close();
  }

  /** Remembers whether it was the pipe that failed: then the child had closed its input. */
  private static final class Pipe extends OutputStream {

    private final OutputStream to;
    private volatile boolean broken;

    Pipe(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      try {
        to.write(b);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        to.write(bytes, offset, length);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        to.flush();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        to.close();
      } catch (IOException e) {
        broken = true;
      }
    }
  }
}
