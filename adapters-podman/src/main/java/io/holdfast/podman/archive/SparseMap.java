package io.holdfast.podman.archive;

import java.util.Arrays;

/**
 * Where the data of a sparse file lies between its holes, in few bytes: each piece as the length of
 * the hole before it and its own, seven bits a byte.
 */
final class SparseMap {

  /** Some six million pieces. */
  static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final int FIRST_CAPACITY = 256;
  private static final int LONGEST_PAIR = 20;

  private final int most;
  private byte[] packed = new byte[FIRST_CAPACITY];
  private int length;
  private int at;
  private long end;
  private long data;
  private boolean tooLong;

  SparseMap() {
    this(MOST_BYTES);
  }

  SparseMap(int most) {
    this.most = most;
  }

  /** Adds a piece of data behind the others. */
  void add(long offset, long size) throws DamagedTarException {
    if (offset < end || size < 0 || size > PaxRecords.LARGEST_SIZE - offset) {
      throw new DamagedTarException("the map of a sparse file is out of order");
    }
    if (length + LONGEST_PAIR > most) {
      tooLong = true;
    }
    if (!tooLong) {
      if (length + LONGEST_PAIR > packed.length) {
        packed = Arrays.copyOf(packed, packed.length * 2);
      }
      pack(offset - end);
      pack(size);
    }
    end = offset + size;
    data += size;
  }

  /** Adds pieces from text: {@code offset,size,offset,size}. */
  void addAll(String text) throws DamagedTarException {
    long offset = -1;
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int stop = comma < 0 ? text.length() : comma;
      long number = number(text.substring(start, stop));
      if (offset < 0) {
        offset = number;
      } else {
        add(offset, number);
        offset = -1;
      }
      start = stop + 1;
    }
    if (offset >= 0) {
      throw new DamagedTarException("the map of a sparse file ends with half a piece");
    }
  }

  static long number(String text) throws DamagedTarException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= PaxRecords.LARGEST_SIZE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DamagedTarException("the map of a sparse file holds what is no number");
  }

  /** Where the last piece ends. */
  long end() {
    return end;
  }

  /** How long all pieces are together. */
  long data() {
    return data;
  }

  /** True when it could not be remembered. */
  boolean isTooLong() {
    return tooLong;
  }

  boolean hasNext() {
    return at < length;
  }

  /** The length of the next hole, and then of the piece behind it. */
  long next() {
    long number = 0;
    int shift = 0;
    byte part;
    do {
      part = packed[at++];
      number |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return number;
  }

  private void pack(long number) {
    long left = number;
    while (left > 0x7F) {
      packed[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    packed[length++] = (byte) left;
  }
}
