package io.holdfast.podman.archive;

/**
 * The order in which {@code tar --sort=name} goes through a tree: a folder, then what it holds,
 * each entry by the bytes of its name. Paths are compared byte by byte, and a slash goes before
 * every byte that a name can hold.
 */
final class TreeOrder {

  private TreeOrder() {}

  /** Compares two paths as listings have them, of which each character stands for one byte. */
  static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  private static int rank(char c) {
    return c == '/' ? -1 : c;
  }
}
