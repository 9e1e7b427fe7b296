package io.holdfast.launcher.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as operators write them: {@code 500MB}, {@code 1GB}; a kilobyte is 1024 bytes. */
final class SizeText {

  /** What is expected, for error messages. */
  static final String EXPECTED = "a size such as 500MB, 1GB or 2TB";

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})([KMGT])B");
  private static final String UNITS = "KMGT";
  private static final int STEP_BITS = 10;

  private SizeText() {}

  /** How many bytes a text means; empty when it is no size. */
  static Optional<Long> parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int steps = 1 + UNITS.indexOf(matcher.group(2));
    return Optional.of(Long.parseLong(matcher.group(1)) << (STEP_BITS * steps));
  }
}
