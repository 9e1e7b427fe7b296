package io.holdfast.podman.archive;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Sparse files as GNU tar wrote them before pax: their map stands in headers. */
final class OldSparseHeader {

  private static final int PIECES_AT = 386;
  private static final int PIECES = 4;
  private static final int EXTENDED_AT = 482;
  private static final int REAL_SIZE_AT = 483;
  private static final int FURTHER_PIECES = 21;
  private static final int FURTHER_EXTENDED_AT = 504;
  private static final int NUMBER = 12;

  private OldSparseHeader() {}

  /** How long the file is, holes included. */
  static long realSize(byte[] header) throws DamagedTarException {
    return number(header, REAL_SIZE_AT);
  }

  /** Reads as many further records as the map needs; false when the stream ends before. */
  static boolean read(RecordReader reader, byte[] header, SparseMap map) throws IOException {
    pieces(header, PIECES_AT, PIECES, map);
    boolean more = header[EXTENDED_AT] != 0;
    byte[] further = new byte[RecordReader.RECORD];
    while (more) {
      if (!reader.read(further)) {
        return false;
      }
      pieces(further, 0, FURTHER_PIECES, map);
      more = further[FURTHER_EXTENDED_AT] != 0;
    }
    return true;
  }

  /** The same where nobody wants the map. */
  static boolean skip(RecordReader reader, byte[] header) throws IOException {
    boolean more = header[EXTENDED_AT] != 0;
    byte[] further = new byte[RecordReader.RECORD];
    while (more) {
      if (!reader.read(further)) {
        return false;
      }
      more = further[FURTHER_EXTENDED_AT] != 0;
    }
    return true;
  }

  /** The first empty place ends the map. */
  private static void pieces(byte[] record, int at, int most, SparseMap map)
      throws DamagedTarException {
    for (int piece = 0; piece < most; piece++) {
      int offset = at + piece * 2 * NUMBER;
      if (record[offset] == 0) {
        return;
      }
      map.add(number(record, offset), number(record, offset + NUMBER));
    }
  }

  private static long number(byte[] record, int offset) throws DamagedTarException {
    try {
      return TarUtils.parseOctalOrBinary(record, offset, NUMBER);
    } catch (IllegalArgumentException e) {
      throw new DamagedTarException("the map of a sparse file holds what is no number");
    }
  }
}
