package io.holdfast.podman.archive;

/** Refuses members that climb out; see {@link MemberRule#staysInside}. */
final class ClimbGuard implements MemberRule {

  private static final long HASH_SEED = 0xcbf29ce484222325L;
  private static final long HASH_PRIME = 0x100000001b3L;

  private final HashedPaths symbolicLinks = new HashedPaths();

  @Override
  public void judge(TarMember member) throws DamagedTarException {
    long whole = judgePath(member.path(), "member ", member);
    switch (member.type()) {
      case HARD_LINK -> judgePath(member.linkTarget(), "hard link to ", member);
      case SYMBOLIC_LINK -> symbolicLinks.add(whole);
      case FILE, FOLDER, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> {
        // Nothing more can lead out: folders, files, fifos and devices are what they are.
      }
    }
  }

  /** Walks a path segment by segment; returns the hash of the whole. */
  private long judgePath(String path, String role, TarMember member) throws DamagedTarException {
    if (path.startsWith("/")) {
      throw refused(role, path, member, "is absolute");
    }
    long hash = HASH_SEED;
    int start = 0;
    boolean first = true;
    while (start < path.length()) {
      int end = path.indexOf('/', start);
      if (end < 0) {
        end = path.length();
      }
      int length = end - start;
      boolean dot = length == 1 && path.charAt(start) == '.';
      if (length == 2 && path.startsWith("..", start)) {
        throw refused(role, path, member, "climbs out by \"..\"");
      }
      if (length > 0 && !dot) {
        if (!first && symbolicLinks.contains(hash)) {
          throw refused(role, path, member, "lies behind a symbolic link of the archive itself");
        }
        hash = extend(hash, path, start, end);
        first = false;
      }
      start = end + 1;
    }
    return hash;
  }

  private static long extend(long hash, String path, int start, int end) {
    long extended = (hash ^ '/') * HASH_PRIME;
    for (int i = start; i < end; i++) {
      extended = (extended ^ path.charAt(i)) * HASH_PRIME;
    }
    return extended;
  }

  private static DamagedTarException refused(
      String role, String path, TarMember member, String why) {
    String what = role + TarMember.readable(path);
    return new DamagedTarException(
        path.equals(member.path())
            ? "its " + what + " " + why
            : "its member "
                + TarMember.readable(member.path())
                + " is a "
                + what
                + ", which "
                + why);
  }
}
