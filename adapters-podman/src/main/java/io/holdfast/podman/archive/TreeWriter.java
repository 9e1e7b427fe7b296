package io.holdfast.podman.archive;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Lists the members of an archive in the format of mtree(5) as they pass, a line each, and takes
 * the fingerprint of their tree: SHA-256 over the lines, without their times and without comments.
 *
 * <p>A hard link is a file with the keyword {@code hardlink}, the member that it is another name
 * of; {@code xattrsdigest} is over extended attributes and ACLs. Programs that read the format skip
 * keywords that they do not know.
 */
public final class TreeWriter implements MemberVisitor {

  /** The first line. */
  static final String HEADING = "#mtree v2.0\n";

  private static final byte[] ZEROS = new byte[64 * 1024];

  private final OutputStream lines;
  private final Cancellation cancellation;
  private final MessageDigest tree = Digests.sha256();
  private final MessageDigest content = Digests.sha256();
  private final TreeLine line = new TreeLine();
  private boolean hashes;
  private String time = "";
  private String attributes = "";
  private long members;
  private long bytes;
  private long unread;

  /**
   * Writes the heading.
   *
   * @param lines gets the listing; not closed
   */
  public TreeWriter(OutputStream lines, Cancellation cancellation) throws IOException {
    this.lines = lines;
    this.cancellation = cancellation;
    lines.write(HEADING.getBytes(StandardCharsets.US_ASCII));
  }

  /** Lists an archive while its bytes pass on, as {@link TarStream#pass} has them. */
  public TarSummary list(InputStream from, OutputStream to, MemberRule rule) throws IOException {
    return TarStream.pass(from, to, rule, this);
  }

  @Override
  public void begin(TarMember member, MemberDetails details) {
    line.begin(member, details);
    boolean file = member.type() == TarMember.Type.FILE;
    hashes = file && details.readable();
    time = details.time();
    attributes = details.attributes().map(Checksum::hex).orElse("");
    members++;
    bytes += details.size();
    unread += file && !hashes ? 1 : 0;
  }

  @Override
  public void content(byte[] buffer, int offset, int length) {
    content.update(buffer, offset, length);
  }

  /** A hole may be larger than any disk: whoever waits for it may give up. */
  @Override
  public void hole(long length) {
    long left = length;
    while (left > 0) {
      cancellation.throwIfCancelled();
      int count = (int) Math.min(left, ZEROS.length);
      content.update(ZEROS, 0, count);
      left -= count;
    }
  }

  @Override
  public void end() throws IOException {
    if (hashes) {
      line.put(ListedMember.CONTENT, HexFormat.of().formatHex(content.digest()));
    }
    if (!attributes.isEmpty()) {
      line.put(ListedMember.ATTRIBUTES, attributes);
    }
    tree.update((line + "\n").getBytes(StandardCharsets.US_ASCII));
    line.put(ListedMember.TIME, time);
    lines.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** The fingerprint of all that passed; to be asked once. */
  public TreeFingerprint fingerprint() {
    return new TreeFingerprint(members, bytes, Checksum.of(tree.digest()));
  }

  /** How many files have so many holes that their content is in neither. */
  public long unread() {
    return unread;
  }
}
