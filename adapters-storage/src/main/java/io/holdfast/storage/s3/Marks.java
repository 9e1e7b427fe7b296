package io.holdfast.storage.s3;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Marks that are unlike any other: writers know their own objects by them. */
final class Marks {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Marks() {}

  static String next() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
