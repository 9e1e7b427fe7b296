package io.holdfast.launcher.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 7d}. */
public final class DurationText {

  /** What is expected, for error messages. */
  public static final String EXPECTED = "a duration such as 90s, 15m, 24h or 7d";

  private static final Pattern PART = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

  private DurationText() {}

  /** The duration that a text means; empty when it is none. */
  public static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plusSeconds(Long.parseLong(part.group(1)) * secondsOf(part.group(2).charAt(0)));
    }
    return Optional.of(sum);
  }

  private static long secondsOf(char unit) {
    return switch (unit) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3_600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> throw new IllegalArgumentException("not a unit of time: " + unit);
    };
  }
}
