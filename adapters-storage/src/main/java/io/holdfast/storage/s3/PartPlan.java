package io.holdfast.storage.s3;

/**
 * How a stream of unknown length is cut so that the largest object of S3 fits into the 10,000 parts
 * of an upload, with memory for few and small ones. The first parts are sent as they come. Once so
 * many are there that the stream is large, every further part is a segment: pieces of the same
 * small size, put together in an upload of their own and copied into the blob by the server. Every
 * piece can be sent again, which a part of many gigabytes that passes through little memory could
 * not.
 *
 * @param partBytes the size of a part, and of a piece
 * @param directParts how many parts are sent as they come
 * @param segmentBytes the size of a segment
 */
record PartPlan(long partBytes, int directParts, long segmentBytes) {

  /** As many as S3 takes. */
  static final int MOST_PARTS = 10_000;

  private static final int DIRECT_PARTS = 4_800;
  private static final long SEGMENT = 1L << 30;

  static PartPlan of(long partBytes) {
    return new PartPlan(partBytes, DIRECT_PARTS, SEGMENT);
  }

  /** True when the part of a number, counted from one, is put together from pieces. */
  boolean isSegment(int number) {
    return number > directParts;
  }

  /** The most bytes that a blob can have. */
  long capacity() {
    return directParts * partBytes + (MOST_PARTS - directParts) * segmentBytes;
  }
}
