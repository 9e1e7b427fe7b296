package io.holdfast.postgres;

import java.util.Locale;
import java.util.Optional;

/** How closely a database is looked at for its fingerprint. */
public enum FingerprintDepth {
  /** Every table's rows are counted and read. */
  FULL,
  /** Every table's rows are counted; none is read. */
  COUNTS,
  /** No fingerprint is taken. */
  NONE;

  /** What a configuration may say. */
  public static final String EXPECTED = "full, counts or none";

  /** As a configuration says it; empty for anything else. */
  public static Optional<FingerprintDepth> parse(String text) {
    for (FingerprintDepth depth : values()) {
      if (depth.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(depth);
      }
    }
    return Optional.empty();
  }
}
