package io.holdfast.domain.backup;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a whole.
 *
 * @param millionths above 0, up to a million
 */
public record Share(int millionths) {

  /** What {@link #parse} takes, for people. */
  public static final String EXPECTED =
      "a percentage above 0 and up to 100, such as 5% or 2.5%, with four decimals at most";

  private static final int ALL = 1_000_000;
  private static final int PER_PERCENT = 10_000;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,4}))?%?");

  /**
   * @throws IllegalArgumentException when it is nothing or more than all
   */
  public Share {
    if (millionths <= 0 || millionths > ALL) {
      throw new IllegalArgumentException("not a share: " + millionths + " millionths");
    }
  }

  /** The share that a text such as {@code 5%} or {@code 2.5} tells; empty when it tells none. */
  public static Optional<Share> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String decimals = Optional.ofNullable(matcher.group(2)).orElse("");
    int millionths = Integer.parseInt(matcher.group(1) + (decimals + "0000").substring(0, 4));
    return millionths > 0 && millionths <= ALL
        ? Optional.of(new Share(millionths))
        : Optional.empty();
  }

  /** In how many runs, each of which takes this share, all is taken. */
  public int runs() {
    return (ALL + millionths - 1) / millionths;
  }

  /** The share of a number, rounded up. */
  long of(long whole) {
    // In two parts, because the product of a store's bytes and a million does not fit.
    return whole / ALL * millionths + (whole % ALL * millionths + ALL - 1) / ALL;
  }

  /** In percent. */
  public double percent() {
    return (double) millionths / PER_PERCENT;
  }

  /** As people write it: {@code 2.5%}. */
  @Override
  public String toString() {
    String decimals =
        String.format(Locale.ROOT, ".%04d", millionths % PER_PERCENT).replaceAll("\\.?0*$", "");
    return millionths / PER_PERCENT + decimals + "%";
  }
}
