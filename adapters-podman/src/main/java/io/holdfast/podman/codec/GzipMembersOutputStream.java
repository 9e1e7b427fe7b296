package io.holdfast.podman.codec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Cuts a stream into blocks, has them compressed by others, and writes the members in order. */
final class GzipMembersOutputStream extends OutputStream {

  /** Large enough that a member's own dictionary costs less than one percent. */
  static final int BLOCK = 1 << 20;

  /** One for each worker, for as long as it lives. */
  private static final ThreadLocal<BlockDeflater> DEFLATERS =
      ThreadLocal.withInitial(BlockDeflater::fastest);

  private final OutputStream to;
  private final ExecutorService workers;
  private final int mostUnderWay;
  private final Deque<Future<GzipMember>> underWay = new ArrayDeque<>();
  private final Deque<GzipMember> idle = new ArrayDeque<>();
  private GzipMember filling = new GzipMember();
  private boolean anyMember;
  private boolean broken;
  private boolean closed;

  GzipMembersOutputStream(OutputStream to, ExecutorService workers, int mostUnderWay) {
    this.to = to;
    this.workers = workers;
    this.mostUnderWay = mostUnderWay;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed || broken) {
      throw new IOException("the gzip stream is closed or has failed");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      int taken = filling.take(bytes, at, left);
      at += taken;
      left -= taken;
      if (filling.isFull()) {
        submit();
      }
    }
  }

  /** Ends the last member. After a failure it ends nothing: what was written stays cut. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (to) {
      if (broken) {
        return;
      }
      if (!filling.isEmpty() || !anyMember) {
        submit();
      }
      while (!underWay.isEmpty()) {
        writeFirst();
      }
    } finally {
      underWay.forEach(member -> member.cancel(true));
    }
  }

  private void submit() throws IOException {
    GzipMember full = filling;
    anyMember = true;
    underWay.add(workers.submit(() -> full.compress(DEFLATERS.get())));
    if (underWay.size() >= mostUnderWay) {
      writeFirst();
    }
    GzipMember next = idle.poll();
    filling = next == null ? new GzipMember() : next;
  }

  private void writeFirst() throws IOException {
    boolean written = false;
    try {
      GzipMember member = underWay.remove().get();
      member.writeTo(to);
      idle.add(member);
      written = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while compressing").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException("a block cannot be compressed", e.getCause());
    } finally {
      broken = !written;
    }
  }
}
