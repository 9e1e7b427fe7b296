package io.holdfast.podman.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Walks a tar archive from its first member to its end marker while its bytes pass on. Knows ustar,
 * pax and GNU headers. Reads headers by commons-compress but walks by itself: the library's stream
 * keeps the whole map of a sparse file in memory, takes a cut archive for its end, and hides which
 * bytes a name has.
 */
public final class TarStream {

  private static final int LONGEST_HEADER = 4 * 1024 * 1024;
  private static final int NAME_LENGTH = TarConstants.NAMELEN;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;

  private final RecordReader reader;
  private final MemberRule rule;
  private final Optional<MemberVisitor> visitor;
  private final byte[] header = new byte[RecordReader.RECORD];
  private final PaxRecords global = new PaxRecords();
  private final PaxRecords own = new PaxRecords();
  private Optional<String> longName = Optional.empty();
  private Optional<String> longLink = Optional.empty();
  private String last = "";
  private long members;
  private boolean hasRoot;

  private TarStream(RecordReader reader, MemberRule rule, Optional<MemberVisitor> visitor) {
    this.reader = reader;
    this.rule = rule;
    this.visitor = visitor;
  }

  /**
   * Passes an archive on, byte by byte the same, padding behind its end marker included.
   *
   * @param from is read to its end
   * @param to gets each stretch after the rule has judged its members; not closed
   * @throws DamagedTarException when it is cut, malformed, empty, or a member is refused
   * @throws IOException from either stream
   */
  public static TarSummary pass(InputStream from, OutputStream to, MemberRule rule)
      throws IOException {
    return new TarStream(new RecordReader(from, to), rule, Optional.empty()).walk();
  }

  /** The same, with a visitor that is shown every member once the rule has judged it. */
  static TarSummary pass(InputStream from, OutputStream to, MemberRule rule, MemberVisitor visitor)
      throws IOException {
    return new TarStream(new RecordReader(from, to), rule, Optional.of(visitor)).walk();
  }

  private TarSummary walk() throws IOException {
    while (nextHeader()) {
      readMember();
    }
    reader.finish();
    if (members == 0) {
      throw new DamagedTarException("it has no member");
    }
    return new TarSummary(
        reader.bytes(),
        members,
        hasRoot,
        own.sawTextAcls() || global.sawTextAcls(),
        own.sawRawAcls() || global.sawRawAcls());
  }

  /** False at the end marker, which is two records of zeros. */
  private boolean nextHeader() throws IOException {
    demand(reader.read(header));
    if (!isZero(header)) {
      verifyHeader();
      return true;
    }
    demand(reader.read(header));
    if (!isZero(header)) {
      throw new DamagedTarException("its end marker " + where() + " is cut in half");
    }
    return false;
  }

  private void verifyHeader() throws DamagedTarException {
    boolean valid;
    try {
      valid = TarUtils.verifyCheckSum(header);
    } catch (IllegalArgumentException e) {
      valid = false; // The place of the checksum holds no number.
    }
    if (!valid) {
      throw new DamagedTarException("what stands " + where() + " is no tar header");
    }
  }

  private void readMember() throws IOException {
    byte type = header[TYPE_AT];
    long size = number(header, SIZE_AT, TarConstants.SIZELEN);
    switch (type) {
      case TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_EXTENDED_HEADER_UC ->
          read(own, size);
      case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> read(global, size);
      case TarConstants.LF_GNUTYPE_LONGNAME ->
          longName = Optional.of(name(content(size), 0, (int) size));
      case TarConstants.LF_GNUTYPE_LONGLINK ->
          longLink = Optional.of(name(content(size), 0, (int) size));
      default -> readEntry(type, size);
    }
  }

  private void read(PaxRecords records, long size) throws IOException {
    records.read(content(size), (int) size);
    if (records.areTooLong()) {
      throw new DamagedTarException(
          "the extended headers "
              + records.path().map(path -> "of " + TarMember.readable(path) + ", ").orElse("")
              + where()
              + ", hold more than "
              + PaxRecords.MOST_KEPT
              + " bytes");
    }
  }

  private void readEntry(byte type, long headerSize) throws IOException {
    own.inherit(global);
    String path = own.path().or(() -> longName).orElseGet(this::headerName);
    last = path;
    members++;
    hasRoot |= isRoot(path);
    TarMember.Type what = typeOf(type, path);
    TarMember member = new TarMember(path, what, linkTarget(what));
    rule.judge(member);
    long size = what == TarMember.Type.HARD_LINK ? 0 : own.size().orElse(headerSize);
    boolean oldSparse = type == TarConstants.LF_GNUTYPE_SPARSE;
    if (visitor.isPresent()) {
      demand(new MemberReading(reader, header, own, visitor.get()).read(member, size, oldSparse));
    } else {
      demand((!oldSparse || OldSparseHeader.skip(reader, header)) && reader.skip(padded(size)));
    }
    own.clear();
    longName = Optional.empty();
    longLink = Optional.empty();
  }

  private String linkTarget(TarMember.Type type) {
    return switch (type) {
      case HARD_LINK, SYMBOLIC_LINK ->
          own.linkPath().or(() -> longLink).orElseGet(() -> name(header, LINK_AT, NAME_LENGTH));
      case FILE, FOLDER, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> "";
    };
  }

  private byte[] content(long size) throws IOException {
    if (size > LONGEST_HEADER) {
      throw new DamagedTarException("an extended header " + where() + " claims " + size + " bytes");
    }
    byte[] content = new byte[(int) size];
    demand(reader.read(content, content.length));
    demand(reader.skip(padded(size) - size));
    return content;
  }

  private String headerName() {
    String name = name(header, 0, NAME_LENGTH);
    boolean posix = header[MAGIC_AT + 5] == 0 && header[MAGIC_AT] == 'u';
    String prefix = posix ? name(header, PREFIX_AT, TarConstants.PREFIXLEN) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private long number(byte[] record, int offset, int length) throws DamagedTarException {
    try {
      long number = TarUtils.parseOctalOrBinary(record, offset, length);
      if (number >= 0 && number <= PaxRecords.LARGEST_SIZE) {
        return number;
      }
    } catch (IllegalArgumentException e) {
      // Said below: the library's message shows raw bytes.
    }
    throw new DamagedTarException("the header " + where() + " gives no size");
  }

  private void demand(boolean there) throws DamagedTarException {
    if (!there) {
      throw new DamagedTarException("it is cut " + where() + ", without an end marker");
    }
  }

  private String where() {
    return last.isEmpty()
        ? "at its beginning"
        : "after its member " + TarMember.readable(last) + " (number " + members + ")";
  }

  /** What is unknown is a file, as POSIX says; and so is what old programs gave no type. */
  private static TarMember.Type typeOf(byte type, String path) {
    return switch (type) {
      case TarConstants.LF_LINK -> TarMember.Type.HARD_LINK;
      case TarConstants.LF_SYMLINK -> TarMember.Type.SYMBOLIC_LINK;
      case TarConstants.LF_DIR -> TarMember.Type.FOLDER;
      case TarConstants.LF_FIFO -> TarMember.Type.FIFO;
      case TarConstants.LF_CHR -> TarMember.Type.CHARACTER_DEVICE;
      case TarConstants.LF_BLK -> TarMember.Type.BLOCK_DEVICE;
      default -> path.endsWith("/") ? TarMember.Type.FOLDER : TarMember.Type.FILE;
    };
  }

  private static boolean isRoot(String path) {
    return path.equals("./") || path.equals(".");
  }

  private static boolean isZero(byte[] record) {
    for (byte b : record) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  static long padded(long size) {
    long over = size % RecordReader.RECORD;
    return over == 0 ? size : Math.addExact(size, RecordReader.RECORD - over);
  }

  private static String name(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
  }
}
