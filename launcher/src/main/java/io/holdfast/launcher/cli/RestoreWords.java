package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Measurement;
import io.holdfast.domain.recovery.RecoveryTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is known of drills and restore times, in words. */
final class RestoreWords {

  private static final double SLOW = 0.8;
  private static final double FAST = 1.25;

  private RestoreWords() {}

  /**
   * {@code measured 41.0 s (drill, 2 d 0 h ago), projected 55.0 s for the newest set (median of 5),
   * objective 15 min 0 s: met}.
   */
  static String time(HostStatus host, Instant now) {
    RecoveryTime time = host.time();
    List<String> parts = new ArrayList<>();
    parts.add(time.newest().map(newest -> measured(newest, now)).orElse("never measured"));
    time.projected()
        .ifPresent(
            projected ->
                parts.add(
                    "projected "
                        + Quantity.duration(projected)
                        + " for the newest set (median of "
                        + time.basis().size()
                        + ")"));
    parts.add(
        time.objective().map(rto -> "objective " + Quantity.duration(rto)).orElse("no objective"));
    return String.join(", ", parts) + standing(time) + pace(time);
  }

  private static String measured(Measurement newest, Instant now) {
    return "measured "
        + Quantity.duration(newest.took())
        + " ("
        + word(newest.source())
        + ", "
        + ago(newest.at(), now)
        + ")";
  }

  static String word(Measurement.Source source) {
    return switch (source) {
      case DRILL -> "drill";
      case RESTORE -> "restore";
    };
  }

  private static String standing(RecoveryTime time) {
    return switch (time.standing()) {
      case NONE, NEVER_MEASURED -> "";
      case MET -> ": met";
      case MISSED -> ": MISSED";
      case SMALLER ->
          ": met as far as can be told, the largest measured was "
              + Quantity.bytes(time.largestBytes().orElse(0))
              + " and the newest set has "
              + Quantity.bytes(time.newestBytes().orElse(0));
    };
  }

  private static String pace(RecoveryTime time) {
    OptionalDouble pace = time.pace();
    if (pace.isEmpty() || (pace.getAsDouble() > SLOW && pace.getAsDouble() < FAST)) {
      return "";
    }
    long percent = Math.round(100 * pace.getAsDouble());
    return "; the last one went at " + percent + " % of the usual pace";
  }

  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return age.isNegative() ? "just now" : Quantity.age(age) + " ago";
  }

  /** {@code proven} or {@code FAILED}. */
  static String result(DrillRecord drill) {
    return drill.isProven() ? "proven" : "FAILED";
  }
}
