package io.holdfast.application.service;

import java.time.Duration;

/** Ages as people say them. */
final class Ages {

  private Ages() {}

  /** With its two greatest units: {@code 3 d 2 h}, {@code 5 h 10 min}, {@code 40 s}. */
  static String text(Duration age) {
    if (age.toDays() > 0) {
      return with(age.toDays() + " d", age.toHoursPart(), " h");
    }
    if (age.toHours() > 0) {
      return with(age.toHours() + " h", age.toMinutesPart(), " min");
    }
    return age.toMinutes() > 0
        ? with(age.toMinutes() + " min", age.toSecondsPart(), " s")
        : age.toSeconds() + " s";
  }

  private static String with(String greater, int lesser, String unit) {
    return lesser == 0 ? greater : greater + " " + lesser + unit;
  }
}
