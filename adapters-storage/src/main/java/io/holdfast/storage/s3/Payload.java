package io.holdfast.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes that are gathered, then sent, as often as it takes. Used by one thread until it is sealed
 * and by one other from then on.
 */
final class Payload {

  private final SlabPool pool;
  private final List<byte[]> slabs = new ArrayList<>();
  private long size;
  private boolean sealed;

  Payload(SlabPool pool) {
    this.pool = pool;
  }

  long size() {
    return size;
  }

  /** Adds bytes up to a size of the whole; says how many. */
  int add(byte[] bytes, int offset, int length, long upTo) throws InterruptedException {
    int used = (int) (size % SlabPool.SLAB);
    if (used == 0 && size == (long) slabs.size() * SlabPool.SLAB) {
      slabs.add(pool.take());
    }
    int room = (int) Math.min(SlabPool.SLAB - used, upTo - size);
    int taken = Math.min(room, length);
    System.arraycopy(bytes, offset, slabs.get(slabs.size() - 1), used, taken);
    size += taken;
    return taken;
  }

  /** Takes no more bytes; they are about to be sent. */
  Payload seal() {
    if (!sealed) {
      sealed = true;
      pool.sending(slabs.size());
    }
    return this;
  }

  /** Gives the memory back. */
  void release() {
    pool.giveBack(slabs, sealed);
    slabs.clear();
    size = 0;
    sealed = false;
  }

  RequestBody toBody() {
    return RequestBody.fromContentProvider(Reader::new, size, "application/octet-stream");
  }

  private final class Reader extends InputStream {
    private long at;
    private long marked;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (at >= size) {
        return -1;
      }
      int within = (int) (at % SlabPool.SLAB);
      int taken = (int) Math.min(Math.min(length, SlabPool.SLAB - within), size - at);
      System.arraycopy(slabs.get((int) (at / SlabPool.SLAB)), within, into, offset, taken);
      at += taken;
      return taken;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - at);
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public synchronized void mark(int limit) {
      marked = at;
    }

    @Override
    public synchronized void reset() {
      at = marked;
    }
  }
}
