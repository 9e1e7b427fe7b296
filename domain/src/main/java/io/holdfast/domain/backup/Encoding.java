package io.holdfast.domain.backup;

import java.util.Locale;

/** How an artifact's bytes are compressed around their own format. */
public enum Encoding {
  /** Not at all; a dump that compresses inside its own format counts as this. */
  NONE(""),
  /** RFC 1952, possibly as several members one after the other. */
  GZIP(".gz"),
  /** RFC 8878. */
  ZSTD(".zst");

  private final String suffix;

  Encoding(String suffix) {
    this.suffix = suffix;
  }

  /** What a file name of this encoding ends in; empty for {@link #NONE}. */
  public String suffix() {
    return suffix;
  }

  /** The encoding that a file name's ending tells. */
  public static Encoding ofPath(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(GZIP.suffix)) {
      return GZIP;
    }
    return lower.endsWith(ZSTD.suffix) ? ZSTD : NONE;
  }
}
