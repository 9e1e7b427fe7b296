package io.holdfast.application.stream;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.stream.ChunkRelay.Chunk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that goes to several targets at once, each in a thread of its own. What fails is dropped;
 * the slowest that does not sets the pace. No thread outlives {@link #close}.
 */
final class ParallelFanOut implements FanOut {

  private final ChunkRelay relay;
  private final List<Branch> branches = new ArrayList<>();
  private final Cancellation cancellation;
  private final Cancellation.Registration registration;
  private Optional<Chunk> filling = Optional.empty();

  ParallelFanOut(String path, List<TargetRun> targets, int chunks, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.relay = new ChunkRelay(targets.size(), chunks);
    for (TargetRun target : targets) {
      branches.add(new Branch(path, target, relay, branches.size()));
    }
    this.registration = cancellation.onCancel(this::stop);
    try {
      branches.forEach(Branch::start);
    } catch (Error noMoreThreads) {
      close();
      throw noMoreThreads;
    }
  }

  @Override
  public OutputStream body() {
    return new Body();
  }

  @Override
  public void commit() throws IOException {
    filling.filter(chunk -> !chunk.isEmpty()).ifPresent(relay::pass);
    filling = Optional.empty();
    cancellation.throwIfCancelled();
    relay.end();
    try {
      for (Branch branch : branches) {
        branch.join();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    cancellation.throwIfCancelled();
    throwBug();
    if (branches.stream().noneMatch(Branch::isCommitted)) {
      throw new AllTargetsFailedException();
    }
  }

  /** Lets every target end what it is at, unless it is cancelled, and waits for all. */
  @Override
  public void close() {
    relay.abort();
    boolean interrupted = false;
    for (Branch branch : branches) {
      interrupted |= awaitEnd(branch);
    }
    registration.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when the wait was interrupted, which ends what is waited for. */
  private boolean awaitEnd(Branch branch) {
    boolean interrupted = false;
    while (true) {
      try {
        branch.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        stop();
      }
    }
  }

  private void stop() {
    relay.abort();
    branches.forEach(Branch::interrupt);
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      Chunk chunk = chunk();
      at += chunk.fill(bytes, at, end - at);
      if (chunk.isFull()) {
        relay.pass(chunk);
        filling = Optional.empty();
      }
    }
  }

  private Chunk chunk() throws IOException {
    if (filling.isEmpty()) {
      try {
        filling = relay.blank();
      } catch (InterruptedException e) {
        throw interrupted();
      }
      cancellation.throwIfCancelled();
      throwBug();
    }
    return filling.orElseThrow(AllTargetsFailedException::new);
  }

  private InterruptedFailure interrupted() {
    stop();
    Thread.currentThread().interrupt();
    return new InterruptedFailure("The run was interrupted.", "");
  }

  private void throwBug() {
    Optional<Throwable> bug = branches.stream().flatMap(b -> b.bug().stream()).findFirst();
    if (bug.isPresent()) {
      if (bug.get() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) bug.get();
    }
  }

  /** The file's bytes, for all targets. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      ParallelFanOut.this.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ParallelFanOut.this.write(bytes, offset, length);
    }
  }
}
