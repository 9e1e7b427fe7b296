package io.holdfast.application.stream;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.stream.ChunkRelay.Chunk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One target's thread of a {@link ParallelFanOut}: writes what is passed to it, and publishes. */
final class Branch {

  private final String path;
  private final TargetRun target;
  private final ChunkRelay relay;
  private final int number;
  private final Thread thread;
  private boolean interruptible = true;
  private boolean interrupted;
  private volatile boolean committed;
  private volatile @Nullable Throwable bug;

  /**
   * @param number the relay's number for this taker
   */
  Branch(String path, TargetRun target, ChunkRelay relay, int number) {
    this.path = path;
    this.target = target;
    this.relay = relay;
    this.number = number;
    this.thread = new Thread(this::run, "write " + path + " to " + target.target().name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  /** True once the file is published. */
  boolean isCommitted() {
    return committed;
  }

  /** What ended it that no target may throw. */
  Optional<Throwable> bug() {
    return Optional.ofNullable(bug);
  }

  /** Ends it even where it waits for its target; but lets it clean up. */
  synchronized void interrupt() {
    if (interruptible) {
      interrupted = true;
      thread.interrupt();
    }
  }

  private void run() {
    Cancellation.Registration registration = target.whenOut(this::interrupt);
    try {
      if (target.isAlive()) {
        store();
      }
    } catch (StorageFailure failure) {
      blame(failure);
    } catch (InterruptedException ours) {
      settle();
    } catch (RuntimeException | Error e) {
      if (!wasInterrupted()) {
        bug = e;
      }
    } finally {
      registration.close();
      relay.leave(number);
    }
  }

  private void store() throws InterruptedException {
    TargetFile file = new TargetFile(path, target);
    try {
      transfer(file);
    } catch (StorageFailure failure) {
      blame(failure);
    } finally {
      settle();
      file.close();
    }
  }

  private void transfer(TargetFile file) throws InterruptedException {
    Optional<Chunk> next = relay.take(number);
    while (next.isPresent() && target.isAlive()) {
      write(next.get(), file);
      next = relay.take(number);
    }
    next.ifPresent(relay::giveBack);
    if (relay.isEnded() && target.isAlive()) {
      file.commit();
      committed = true;
    }
  }

  private void write(Chunk chunk, TargetFile file) {
    try {
      chunk.writeTo(file);
    } finally {
      relay.giveBack(chunk);
    }
  }

  /** From here on nothing interrupts: an adapter that is told to clean up must be able to. */
  private synchronized void settle() {
    interruptible = false;
    if (Thread.interrupted()) {
      interrupted = true;
    }
  }

  /** What fails because of our own interrupt says nothing of the target. */
  private void blame(StorageFailure failure) {
    if (!wasInterrupted()) {
      target.fail(failure);
    }
  }

  private synchronized boolean wasInterrupted() {
    return interrupted;
  }
}
