package io.holdfast.postgres;

/**
 * How the fingerprints of a cluster's databases are taken.
 *
 * @param depth how closely
 * @param sampleAbove of a table that takes more bytes than this, indexes left out, a part of the
 *     rows is read; all of them are counted
 */
public record FingerprintSettings(FingerprintDepth depth, long sampleAbove) {

  /** What holds for a cluster whose configuration says nothing. */
  public static final FingerprintSettings DEFAULT =
      new FingerprintSettings(FingerprintDepth.FULL, 1L << 30);

  public FingerprintSettings {
    if (sampleAbove < 1) {
      throw new IllegalArgumentException("sampleAbove must be at least 1");
    }
  }

  /** The smallest power of 16 that brings what is read of so many bytes below the bound. */
  long shareOf(long bytes) {
    long share = 1;
    while (bytes / share > sampleAbove) {
      share *= RowDigest.SHARE_STEP;
    }
    return share;
  }
}
