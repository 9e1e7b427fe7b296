package io.holdfast.application.stream;

import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One file of a set, written to every target of a run at once. Used by one thread at a time. */
interface FanOut extends AutoCloseable {

  /**
   * Begins the file on every target that is still in the run. To one target bytes go straight; each
   * of several has a thread of its own, and all share so much memory.
   *
   * @param chunks how many chunks of {@value ChunkRelay#CHUNK_BYTES} bytes may be under way
   * @throws AllTargetsFailedException when no target is left
   */
  static FanOut begin(String path, List<TargetRun> targets, int chunks, Cancellation cancellation)
      throws IOException {
    List<TargetRun> alive = targets.stream().filter(TargetRun::isAlive).toList();
    if (alive.isEmpty()) {
      throw new AllTargetsFailedException();
    }
    return alive.size() == 1
        ? new StraightFanOut(path, alive.get(0))
        : new ParallelFanOut(path, alive, chunks, cancellation);
  }

  /**
   * Where the bytes go. A target that fails is dropped; a write fails once there is none. Closing
   * it publishes nothing.
   */
  OutputStream body();

  /**
   * Publishes the file on every target that took all of it.
   *
   * @throws AllTargetsFailedException when none did
   */
  void commit() throws IOException;

  /** Drops what was not published. A target that cannot do so is taken out of the run. */
  @Override
  void close();
}
