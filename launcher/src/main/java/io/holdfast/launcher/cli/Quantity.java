package io.holdfast.launcher.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Quantity() {}

  /** Bytes in binary units: {@code 512 B}, {@code 1.5 GiB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /**
   * A duration with its two greatest units: {@code 0.4 s}, {@code 2 min 5 s}, {@code 3 h 2 min}.
   */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** An age with its two greatest units: {@code 3 d 2 h}, {@code 5 h 10 min}. */
  static String age(Duration age) {
    return age.toDays() > 0 ? age.toDays() + " d " + age.toHoursPart() + " h" : duration(age);
  }

  /** Stored beside source bytes: {@code 31 %}; a dash when there was nothing. */
  static String ratio(long stored, long source) {
    return source <= 0 ? "-" : Math.round(100.0 * stored / source) + " %";
  }

  /** A number and its noun: {@code 1 file}, {@code 2 files}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
