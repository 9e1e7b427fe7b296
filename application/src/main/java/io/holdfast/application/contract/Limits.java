package io.holdfast.application.contract;

import java.util.List;

/**
 * How far the cases go.
 *
 * @param largestBlob the bytes of the largest blob that is written
 * @param raceRounds how many rounds a race is run
 * @param partBoundaries the sizes at which the store begins another part, or something else of its
 *     own; blobs of these sizes and one byte either side are written
 * @param manyBlobs how many blobs there are in the listing of many: more than a thousand, since
 *     that is where servers begin another page
 */
public record Limits(long largestBlob, int raceRounds, List<Long> partBoundaries, int manyBlobs) {

  private static final long MEBIBYTE = 1 << 20;

  /** What object stores and their clients split at where nobody said otherwise. */
  public static final List<Long> CUSTOMARY_PARTS = List.of(5 * MEBIBYTE, 8 * MEBIBYTE);

  /** Enough to find what is wrong, on a target at the end of any line. */
  public static final Limits LIVE = new Limits(200 * MEBIBYTE, 50, CUSTOMARY_PARTS, 2_500);

  public Limits {
    partBoundaries = List.copyOf(partBoundaries);
  }
}
