package io.holdfast.podman.archive;

import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** One member of an archive, read for a visitor: its details, and its content with its holes. */
final class MemberReading {

  private static final int MODE_AT = 100;
  private static final int OWNER_AT = 108;
  private static final int GROUP_AT = 116;
  private static final int TIME_AT = 136;
  private static final int TIME_LENGTH = 12;
  private static final int MAJOR_AT = 329;
  private static final int MINOR_AT = 337;
  private static final int NUMBER = 8;
  private static final int PERMISSIONS = 07777;

  /** The longest number of a sparse map that stands before its data. */
  private static final int LONGEST_NUMBER = 20;

  private final RecordReader reader;
  private final byte[] header;
  private final PaxRecords records;
  private final MemberVisitor visitor;

  /** How much of a map that stands before its data was read. */
  private long mapBytes;

  MemberReading(RecordReader reader, byte[] header, PaxRecords records, MemberVisitor visitor) {
    this.reader = reader;
    this.header = header;
    this.records = records;
    this.visitor = visitor;
  }

  /**
   * Reads it to its end.
   *
   * @param size how long its data is in the archive
   * @return false when the stream ends before
   */
  boolean read(TarMember member, long size, boolean oldSparse) throws IOException {
    Optional<Long> sparse =
        oldSparse ? Optional.of(OldSparseHeader.realSize(header)) : records.sparseSize();
    boolean whole =
        sparse.isPresent()
            ? readSparse(member, size, oldSparse, sparse.get())
            : readPlain(member, size);
    if (whole) {
      visitor.end();
    }
    return whole;
  }

  private boolean readPlain(TarMember member, long size) throws IOException {
    boolean file = member.type() == TarMember.Type.FILE;
    visitor.begin(member, details(member, file ? size : 0, true));
    long padding = TarStream.padded(size) - size;
    return file ? reader.show(size, visitor) && reader.skip(padding) : reader.skip(size + padding);
  }

  private boolean readSparse(TarMember member, long size, boolean oldSparse, long realSize)
      throws IOException {
    SparseMap map = new SparseMap();
    if (oldSparse) {
      if (!OldSparseHeader.read(reader, header, map)) {
        return false;
      }
    } else if (records.mapLeadsData()) {
      if (!readLeadingMap(map)) {
        return false;
      }
    } else {
      map.addAll(records.sparseMap());
    }
    if (map.end() > realSize || map.data() != size - mapBytes) {
      throw new DamagedTarException(
          "the map of the sparse file "
              + TarMember.readable(member.path())
              + " does not fit its size");
    }
    visitor.begin(member, details(member, realSize, !map.isTooLong()));
    boolean whole = map.isTooLong() ? reader.skip(map.data()) : show(map, realSize);
    return whole && reader.skip(TarStream.padded(size) - size);
  }

  private boolean show(SparseMap map, long realSize) throws IOException {
    while (map.hasNext()) {
      visitor.hole(map.next());
      if (!reader.show(map.next(), visitor)) {
        return false;
      }
    }
    visitor.hole(realSize - map.end());
    return true;
  }

  /**
   * Format 1.0: how many pieces, then each one's offset and size, a line each, to a full record.
   */
  private boolean readLeadingMap(SparseMap map) throws IOException {
    long pieces = readNumber();
    for (long piece = 0; piece < pieces; piece++) {
      long offset = readNumber();
      long size = readNumber();
      if (size < 0) {
        return false;
      }
      map.add(offset, size);
    }
    long padding = TarStream.padded(mapBytes) - mapBytes;
    mapBytes += padding;
    return pieces >= 0 && reader.skip(padding);
  }

  /** Minus one when the stream ends. */
  private long readNumber() throws IOException {
    StringBuilder digits = new StringBuilder();
    byte[] one = new byte[1];
    while (digits.length() < LONGEST_NUMBER) {
      if (!reader.read(one, 1)) {
        return -1;
      }
      mapBytes++;
      if (one[0] == '\n') {
        break;
      }
      digits.append((char) (one[0] & 0xFF));
    }
    return SparseMap.number(digits.toString());
  }

  private MemberDetails details(TarMember member, long size, boolean readable) throws IOException {
    boolean device =
        member.type() == TarMember.Type.CHARACTER_DEVICE
            || member.type() == TarMember.Type.BLOCK_DEVICE;
    Optional<Checksum> attributes = AttributeDigest.of(records.attributes());
    return new MemberDetails(
        (int) number(MODE_AT, NUMBER, "mode") & PERMISSIONS,
        records.owner().isPresent() ? records.owner().get() : number(OWNER_AT, NUMBER, "owner"),
        records.group().isPresent() ? records.group().get() : number(GROUP_AT, NUMBER, "group"),
        MemberTime.normal(
            records.time().isPresent()
                ? records.time().get()
                : Long.toString(number(TIME_AT, TIME_LENGTH, "time"))),
        size,
        device ? number(MAJOR_AT, NUMBER, "device") : 0,
        device ? number(MINOR_AT, NUMBER, "device") : 0,
        attributes,
        readable);
  }

  private long number(int offset, int length, String what) throws DamagedTarException {
    try {
      return TarUtils.parseOctalOrBinary(header, offset, length);
    } catch (IllegalArgumentException e) {
      throw new DamagedTarException("a header gives no " + what);
    }
  }
}
