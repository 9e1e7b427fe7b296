package io.holdfast.domain.trend;

import java.util.List;

/** The middle of some numbers: one that is far off does not move it. */
public final class Median {

  private Median() {}

  /** Of an even number of them the mean of the two in the middle. */
  public static long of(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    long upper = sorted.get(sorted.size() / 2);
    long lower = sorted.get((sorted.size() - 1) / 2);
    return lower + (upper - lower) / 2;
  }

  static double ofSlopes(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get(sorted.size() / 2) + sorted.get((sorted.size() - 1) / 2)) / 2;
  }
}
