package io.holdfast.domain.checksum;

import java.util.HexFormat;

/**
 * A SHA-256 checksum.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Checksum(String hex) {

  private static final int DIGITS = 64;

  public Checksum {
    if (hex.length() != DIGITS || !hex.chars().allMatch(Checksum::isLowerHex)) {
      throw new IllegalArgumentException("not a SHA-256 checksum: " + hex);
    }
  }

  /** The checksum of a digest's 32 bytes. */
  public static Checksum of(byte[] digest) {
    return new Checksum(HexFormat.of().formatHex(digest));
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return hex;
  }
}
