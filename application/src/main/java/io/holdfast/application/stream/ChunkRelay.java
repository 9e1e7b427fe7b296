package io.holdfast.application.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory between one producer and several takers. Each chunk is passed to every taker that is
 * left and is free again once all of them have given it back. There are only so many chunks, so
 * that the slowest taker sets the pace; one that leaves holds nobody up.
 */
final class ChunkRelay {

  /** Few enough hand-overs that they cost nothing beside a hash. */
  static final int CHUNK_BYTES = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int most;
  private final Deque<Chunk> free = new ArrayDeque<>();
  private final List<Deque<Chunk>> queues = new ArrayList<>();
  private final boolean[] present;
  private int made;
  private int takersLeft;
  private boolean ended;
  private boolean aborted;

  /**
   * @param takers how many there are, known by their numbers from zero
   * @param most how many chunks there may be
   */
  ChunkRelay(int takers, int most) {
    this.most = most;
    this.present = new boolean[takers];
    for (int taker = 0; taker < takers; taker++) {
      present[taker] = true;
      queues.add(new ArrayDeque<>());
    }
    takersLeft = takers;
  }

  /** A chunk to fill, waited for; empty when no taker is left, or after {@link #abort}. */
  Optional<Chunk> blank() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!aborted && takersLeft > 0 && free.isEmpty() && made == most) {
        changed.await();
      }
      if (aborted || takersLeft == 0) {
        return Optional.empty();
      }
      if (free.isEmpty()) {
        made++;
        return Optional.of(new Chunk());
      }
      Chunk chunk = free.pop();
      chunk.length = 0;
      return Optional.of(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Passes a filled chunk to every taker that is left. */
  void pass(Chunk chunk) {
    lock.lock();
    try {
      chunk.holders = takersLeft;
      for (int taker = 0; taker < present.length; taker++) {
        if (present[taker]) {
          queues.get(taker).add(chunk);
        }
      }
      if (takersLeft == 0) {
        free.push(chunk);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes, and what came is whole. Too late after {@link #abort}. */
  void end() {
    lock.lock();
    try {
      ended = !aborted;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes, and what came is worth nothing. Too late after {@link #end}. */
  void abort() {
    lock.lock();
    try {
      aborted = !ended;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A taker's next chunk, waited for; empty after the last one, or after {@link #abort}. */
  Optional<Chunk> take(int taker) throws InterruptedException {
    Deque<Chunk> queue = queues.get(taker);
    lock.lockInterruptibly();
    try {
      while (!aborted && !ended && queue.isEmpty()) {
        changed.await();
      }
      return aborted ? Optional.empty() : Optional.ofNullable(queue.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Gives a chunk back that was taken. */
  void giveBack(Chunk chunk) {
    lock.lock();
    try {
      release(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a taker out; nobody waits for it any more. */
  void leave(int taker) {
    lock.lock();
    try {
      if (present[taker]) {
        present[taker] = false;
        takersLeft--;
        queues.get(taker).forEach(this::release);
        queues.get(taker).clear();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** True when what came is whole. */
  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void release(Chunk chunk) {
    chunk.holders--;
    if (chunk.holders == 0) {
      free.push(chunk);
      changed.signalAll();
    }
  }

  /** Bytes that several takers read at once. Only the producer fills it, before it is passed. */
  static final class Chunk {
    private final byte[] bytes = new byte[CHUNK_BYTES];
    private int length;
    private int holders;

    private Chunk() {}

    /** Takes in as much as fits. */
    int fill(byte[] from, int offset, int wanted) {
      int fitting = Math.min(wanted, bytes.length - length);
      System.arraycopy(from, offset, bytes, length, fitting);
      length += fitting;
      return fitting;
    }

    boolean isFull() {
      return length == bytes.length;
    }

    boolean isEmpty() {
      return length == 0;
    }

    void writeTo(TargetFile file) {
      file.write(bytes, 0, length);
    }
  }
}
