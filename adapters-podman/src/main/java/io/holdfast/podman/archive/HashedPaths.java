package io.holdfast.podman.archive;

/**
 * A set of paths by their 64-bit hashes, in an open table that is at most half full: two different
 * paths out of two million share a hash once in ten million archives.
 */
final class HashedPaths {

  static final int MOST = 1 << 21;

  private static final int FIRST_CAPACITY = 1 << 10;

  private long[] table = new long[FIRST_CAPACITY];
  private int size;

  void add(long hash) throws DamagedTarException {
    if (size == MOST) {
      throw new DamagedTarException(
          "it has more than " + MOST + " symbolic links, too many to check that none leads out");
    }
    if (2 * (size + 1) > table.length) {
      grow();
    }
    if (insert(table, spread(hash))) {
      size++;
    }
  }

  boolean contains(long hash) {
    long wanted = spread(hash);
    int at = (int) wanted & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == wanted) {
        return true;
      }
      at = (at + 1) & (table.length - 1);
    }
    return false;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        insert(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean insert(long[] into, long hash) {
    int at = (int) hash & (into.length - 1);
    while (into[at] != 0) {
      if (into[at] == hash) {
        return false;
      }
      at = (at + 1) & (into.length - 1);
    }
    into[at] = hash;
    return true;
  }

  /** Mixes the bits, and keeps zero free to mean an empty place. */
  private static long spread(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    mixed ^= mixed >>> 29;
    return mixed == 0 ? 1 : mixed;
  }
}
