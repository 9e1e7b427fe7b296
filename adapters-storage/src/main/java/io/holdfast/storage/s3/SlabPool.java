package io.holdfast.storage.s3;

import java.util.ArrayDeque;

/**
 * Lends pieces of memory to all writers, and bounds them together. Slabs are small, so that a blob
 * of a few bytes takes little, and so that none is large enough to be a burden to the collector.
 *
 * <p>Nobody waits for what cannot come: when all is lent and nothing of it is on its way to a
 * server, one more slab is lent than the bound allows.
 */
final class SlabPool {

  static final int SLAB = 256 * 1024;

  private final int most;
  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private int lent;
  private int sending;

  SlabPool(long bytes) {
    this.most = (int) Math.max(1, bytes / SLAB);
  }

  /** A quarter of the heap. */
  static SlabPool ofHeap(long heapBytes) {
    return new SlabPool(heapBytes / 4);
  }

  /** The part size that lets several parts be in memory, as near to a wanted one as that allows. */
  long partBytes(long wanted) {
    long fits = (long) most * SLAB / 4;
    return Math.max(SettingsReader.LEAST_PART, Math.min(wanted, fits));
  }

  /** A slab; waits while one may still come back. */
  synchronized byte[] take() throws InterruptedException {
    while (lent >= most && sending > 0) {
      wait();
    }
    lent++;
    byte[] slab = free.poll();
    return slab == null ? new byte[SLAB] : slab;
  }

  /** True when nothing is left and nothing will come back by itself. */
  synchronized boolean isDry() {
    return lent >= most && sending == 0;
  }

  /** Says that slabs are on their way, and will come back. */
  synchronized void sending(int slabs) {
    sending += slabs;
  }

  /** Takes slabs back. */
  synchronized void giveBack(Iterable<byte[]> slabs, boolean wereSending) {
    for (byte[] slab : slabs) {
      lent--;
      if (wereSending) {
        sending--;
      }
      if (free.size() + lent < most) {
        free.push(slab);
      }
    }
    notifyAll();
  }

  /** How many are lent, for tests of what is left behind. */
  synchronized int lent() {
    return lent;
  }
}
