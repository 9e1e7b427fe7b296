package io.holdfast.podman.command;

import io.holdfast.application.port.out.command.CommandIo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes a child's input on its own thread. */
final class StdinWriter {

  private static final long WRITER_NOTICES_MILLIS = 5_000;

  private final Pipe stdin;
  private final CommandIo.Writer writer;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean woken;

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

  /**
   * Feeds no more to a child whose program has ended, and closes its input: at once, or where a
   * write is under way, after that. The child reads on, so that this one ends.
   */
  void programEnded() {
    stdin.end();
  }

  /** Waits for the writer, whose child has ended; one that waits for its own source is woken. */
  void finish() {
    if (!Joining.join(thread, WRITER_NOTICES_MILLIS)) {
      woken = true;
      thread.interrupt();
      Joining.join(thread);
    }
  }

  /**
   * A writer that fails must not close the input: to the child that would be a regular end, and it
   * would carry out what it has read so far. The pipe closes with the child instead. One that fails
   * because it was woken has nobody left to write for.
   */
  private void write() {
    try {
      writer.writeTo(stdin);
    } catch (IOException | RuntimeException | Error e) {
      if (!stdin.broken && !woken) {
        onFailure.accept(e);
        return;
      }
    }
    stdin.close();
  }

  /**
   * Remembers whether it was the pipe that failed: then the child had closed its input, or its
   * program had ended.
   */
  private static final class Pipe extends OutputStream {

    private final OutputStream to;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile boolean broken;
    private volatile boolean ended;

    Pipe(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      use(() -> to.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      use(() -> to.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      use(to::flush);
    }

    @Override
    public void close() {
      inUse.lock();
      try {
        to.close();
      } catch (IOException e) {
        broken = true;
      } finally {
        inUse.unlock();
      }
    }

    /** Never waits for a write: whoever is at one sees {@code ended} after it. */
    void end() {
      ended = true;
      closeUnlessInUse();
    }

    private void use(Use use) throws IOException {
      inUse.lock();
      try {
        if (ended) {
          throw new IOException("The program has ended.");
        }
        use.run();
      } catch (IOException e) {
        broken = true;
        throw e;
      } finally {
        inUse.unlock();
        if (ended) {
          closeUnlessInUse();
        }
      }
    }

    private void closeUnlessInUse() {
      if (inUse.tryLock()) {
        try {
          close();
        } finally {
          inUse.unlock();
        }
      }
    }

    /** Something done with the pipe. */
    @FunctionalInterface
    private interface Use {
      void run() throws IOException;
    }
  }
}
