package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import java.util.Locale;

/**
 * The heartbeats of one holder of a lock or mark: blobs with growing numbers, of which the newest
 * two lie there. Whoever lists them just then may miss the new one, and must not miss both. One
 * thread writes them, any may remove them after that.
 */
final class Beats {

  private final BlobStore store;
  private final String prefix;
  private final byte[] content;
  private volatile long last;
  private volatile long oldest = 1;

  /**
   * @param prefix what their keys begin with, before the number
   */
  Beats(BlobStore store, String prefix, byte[] content) {
    this.store = store;
    this.prefix = prefix;
    this.content = content.clone();
  }

  /** Gives the next one; {@link #removeOld} comes next. */
  void write() {
    long number = last + 1;
    last = number;
    SmallBlob.write(store, key(number), content);
  }

  /** Removes all but the newest two. */
  void removeOld() {
    removeBefore(last - 1);
  }

  /** Removes what there is. */
  void removeAll() {
    removeBefore(last + 1);
  }

  /** One whose answer was lost may have been written, so none is passed over. */
  private void removeBefore(long number) {
    for (long beat = oldest; beat < number; beat++) {
      store.delete(key(beat));
      oldest = beat + 1;
    }
  }

  private BlobKey key(long number) {
    return new BlobKey(String.format(Locale.ROOT, "%s%010d", prefix, number));
  }
}
