package io.holdfast.podman.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** A block of plain bytes and the gzip member made of it. Used again for the next block. */
final class GzipMember {

  /** Magic, deflate, no flags, no time, fastest, no operating system: the same everywhere. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  private static final int TRAILER = 8;

  private final byte[] plain = new byte[GzipMembersOutputStream.BLOCK];
  private int plainLength;
  private final byte[] deflated = new byte[BlockDeflater.room(GzipMembersOutputStream.BLOCK)];
  private int deflatedLength;
  private final byte[] trailer = new byte[TRAILER];

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
  GzipMember compress(BlockDeflater deflater) {
    deflatedLength = deflater.deflate(plain, plainLength, deflated);
    CRC32 crc = new CRC32();
    crc.update(plain, 0, plainLength);
    putLittleEndian(crc.getValue(), 0);
    putLittleEndian(plainLength, TRAILER / 2);
    plainLength = 0;
    return this;
  }

  void writeTo(OutputStream to) throws IOException {
    to.write(HEADER);
    to.write(deflated, 0, deflatedLength);
    to.write(trailer);
  }

  private void putLittleEndian(long value, int at) {
    for (int i = 0; i < TRAILER / 2; i++) {
      trailer[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
