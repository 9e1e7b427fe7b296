package io.holdfast.podman.archive;

import io.holdfast.domain.checksum.Checksum;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads a listing line by line, and takes the fingerprint that its lines amount to. */
public final class ListingReader implements AutoCloseable {

  /** Names of members end where tar's own headers do; see {@link TarStream}. */
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private static final String TIME = " " + ListedMember.TIME + "=";

  private final InputStream from;
  private final StringBuilder line = new StringBuilder();
  private final MessageDigest tree = Digests.sha256();

  public ListingReader(InputStream from) {
    this.from = new BufferedInputStream(from, 1 << 16);
  }

  /**
   * The next member; empty at the end.
   *
   * @throws DamagedTarException when a line cannot be understood
   */
  public Optional<ListedMember> next() throws IOException {
    Optional<String> text = nextLine();
    while (text.isPresent()) {
      Optional<ListedMember> member = ListedMember.parse(text.get());
      if (member.isPresent()) {
        tree.update((withoutTime(text.get()) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        return member;
      }
      text = nextLine();
    }
    return Optional.empty();
  }

  /** The digest of all members that were read, as a fingerprint has it; to be asked once. */
  public Checksum digest() {
    return Checksum.of(tree.digest());
  }

  @Override
  public void close() throws IOException {
    from.close();
  }

  private static String withoutTime(String text) {
    int time = text.lastIndexOf(TIME);
    return time < 0 ? text : text.substring(0, time);
  }

  private Optional<String> nextLine() throws IOException {
    line.setLength(0);
    int b = from.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      if (line.length() == LONGEST_LINE) {
        throw new DamagedTarException("a line of the listing has no end");
      }
      line.append((char) b);
      b = from.read();
    }
    return Optional.of(line.toString());
  }
}
