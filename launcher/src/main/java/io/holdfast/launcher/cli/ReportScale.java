package io.holdfast.launcher.cli;

import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * The scale of a drawing: from nothing up to a round value, in steps that people count in.
 *
 * @param top the value at its upper end
 * @param step from one line of the grid to the next
 * @param words a value as people read it
 */
record ReportScale(double top, double step, DoubleFunction<String> words) {

  private static final int MOST_STEPS = 5;

  /** The highest bar does not touch the frame. */
  private static final double HEADROOM = 1.02;

  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private static final double[] SECONDS = {
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    5 * DAY,
    10 * DAY,
    20 * DAY,
    50 * DAY,
    100 * DAY,
    200 * DAY,
    500 * DAY,
    1000 * DAY
  };

  private static final double[] BYTES = {1, 2, 5, 10, 20, 50, 100, 200, 500};

  /** Of durations, in seconds. */
  static ReportScale duration(double most) {
    double step = step(most, SECONDS);
    return of(most, step, value -> words(value, step));
  }

  /** Of bytes. */
  static ReportScale bytes(double most) {
    double unit = 1;
    while (most / unit >= 1000) {
      unit *= 1024;
    }
    double[] steps = Arrays.stream(BYTES).toArray();
    for (int i = 0; i < steps.length; i++) {
      steps[i] *= unit;
    }
    return of(most, step(most, steps), value -> Quantity.bytes(Math.round(value)));
  }

  /** How many lines the grid has above the lowest. */
  int steps() {
    return (int) Math.round(top / step);
  }

  private static ReportScale of(double most, double step, DoubleFunction<String> words) {
    return new ReportScale(step * Math.max(1, Math.ceil(most * HEADROOM / step)), step, words);
  }

  private static double step(double most, double[] steps) {
    return Arrays.stream(steps)
        .filter(step -> most * HEADROOM <= MOST_STEPS * step)
        .findFirst()
        .orElse(steps[steps.length - 1]);
  }

  private static String words(double seconds, double step) {
    if (step < MINUTE) {
      return Math.round(seconds) + " s";
    }
    if (step < HOUR) {
      return Math.round(seconds / MINUTE) + " min";
    }
    return step < DAY ? Math.round(seconds / HOUR) + " h" : Math.round(seconds / DAY) + " d";
  }
}
