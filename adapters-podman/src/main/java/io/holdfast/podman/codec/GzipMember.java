package io.holdfast.podman.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A block of plain bytes and the gzip member made of it. Used again for the next block. */
final class GzipMember {

  /** Magic, deflate, no flags, no time, fastest, no operating system: the same everywhere. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  private static final int TRAILER = 8;
  private static final int FIRST_ROOM = 512 * 1024;

  private final byte[] plain = new byte[GzipMembersOutputStream.BLOCK];
  private int plainLength;
  private byte[] member = new byte[FIRST_ROOM];
  private int memberLength;

  /** Takes as much as there is room for; returns how much. */
  int take(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, plain.length - plainLength);
    System.arraycopy(bytes, offset, plain, plainLength, taken);
    plainLength += taken;
    return taken;
  }

  boolean isFull() {
    return plainLength == plain.length;
  }

  boolean isEmpty() {
    return plainLength == 0;
  }

  /** Makes the member and forgets the plain bytes; returns itself. */
  GzipMember compress() {
    System.arraycopy(HEADER, 0, member, 0, HEADER.length);
    memberLength = HEADER.length;
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain, 0, plainLength);
      deflater.finish();
      while (!deflater.finished()) {
        makeRoom();
        memberLength += deflater.deflate(member, memberLength, member.length - memberLength);
      }
    } finally {
      deflater.end();
    }
    CRC32 crc = new CRC32();
    crc.update(plain, 0, plainLength);
    makeRoom();
    putLittleEndian(crc.getValue());
    putLittleEndian(plainLength);
    plainLength = 0;
    return this;
  }

  void writeTo(OutputStream to) throws IOException {
    to.write(member, 0, memberLength);
  }

  private void makeRoom() {
    if (member.length - memberLength < TRAILER) {
      member = Arrays.copyOf(member, member.length * 2);
    }
  }

  private void putLittleEndian(long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      member[memberLength++] = (byte) (value >>> shift);
    }
  }
}
