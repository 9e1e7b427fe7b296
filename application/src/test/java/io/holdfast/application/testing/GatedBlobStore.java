package io.holdfast.application.testing;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A target that a test can hold up: whoever writes to it or commits waits while it is shut, and
 * fails when interrupted, as a socket does. Counts the writers that nobody closed.
 */
public final class GatedBlobStore extends ForwardingBlobStore {

  private final Map<BlobKey, CountDownLatch> shutForWrites = new ConcurrentHashMap<>();
  private final AtomicInteger openWriters = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final CountDownLatch entered = new CountDownLatch(1);
  private volatile Runnable beforeCommit = () -> {};
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public GatedBlobStore(BlobStore inner) {
    super(inner);
  }

  /** Holds every write up. */
  public GatedBlobStore shut() {
    gate = new CountDownLatch(1);
    return this;
  }

  /** Holds the writes of one blob up. */
  public GatedBlobStore shut(String key) {
    shutForWrites.put(new BlobKey(key), new CountDownLatch(1));
    return this;
  }

  /** Lets all writes go on. */
  public void open() {
    gate.countDown();
    shutForWrites.values().forEach(CountDownLatch::countDown);
  }

  /** Waits until somebody is held up. */
  public void awaitHeldUp() throws InterruptedException {
    entered.await();
  }

  /** Lets something happen in the thread that commits. */
  public GatedBlobStore beforeCommit(Runnable action) {
    beforeCommit = action;
    return this;
  }

  /** Writers that are not closed. */
  public int openWriters() {
    return openWriters.get();
  }

  /** Bytes that were written. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public BlobWriter create(BlobKey key) {
    openWriters.incrementAndGet();
    return new Writer(super.create(key), key);
  }

  private void pass(CountDownLatch latch) {
    if (latch.getCount() == 0) {
      return;
    }
    entered.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "interrupted while writing", "");
    }
  }

  private final class Writer implements BlobWriter {
    private final BlobWriter writer;
    private final BlobKey key;
    private boolean closed;

    private Writer(BlobWriter writer, BlobKey key) {
      this.writer = writer;
      this.key = key;
    }

    @Override
    public OutputStream body() {
      return new OutputStream() {
        @Override
        public void write(int b) {
          throw new IllegalStateException("a pipeline writes by the block");
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
          pass(gate);
          pass(shutForWrites.getOrDefault(key, new CountDownLatch(0)));
          writer.body().write(from, offset, length);
          bytes.addAndGet(length);
        }
      };
    }

    @Override
    public void commit() {
      beforeCommit.run();
      writer.commit();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        openWriters.decrementAndGet();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while it cleans up");
      }
      writer.close();
    }
  }
}
