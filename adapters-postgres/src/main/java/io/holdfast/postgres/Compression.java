package io.holdfast.postgres;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How pg_dump compresses the data within a dump. */
public sealed interface Compression {

  /** zstd where pg_dump has it, else a fast gzip. */
  record Auto() implements Compression {}

  /** None. */
  record None() implements Compression {}

  /**
   * gzip, which every pg_dump has.
   *
   * @param level from 1, the fastest, to 9
   */
  record Gzip(int level) implements Compression {}

  /**
   * zstd, which pg_dump has from 16 on.
   *
   * @param level from 1, the fastest, to 19
   */
  record Zstd(int level) implements Compression {}

  /** What a configuration may say, for error messages. */
  String EXPECTED = "auto, none, gzip:1 to gzip:9, or zstd:1 to zstd:19";

  /**
   * The compression that a configuration's value means.
   *
   * @throws ConfigurationFailure when it means none
   */
  static Compression parse(String text) {
    String value = text.trim().toLowerCase(Locale.ROOT);
    return switch (value) {
      case "auto" -> new Auto();
      case "none" -> new None();
      default -> parseLevelled(text, value);
    };
  }

  private static Compression parseLevelled(String text, String value) {
    Matcher matcher = Pattern.compile("(gzip|zstd):([0-9]{1,2})").matcher(value);
    if (matcher.matches()) {
      int level = Integer.parseInt(matcher.group(2));
      boolean gzip = matcher.group(1).equals("gzip");
      if (level >= 1 && level <= (gzip ? 9 : 19)) {
        return gzip ? new Gzip(level) : new Zstd(level);
      }
    }
    throw new ConfigurationFailure(
        "'" + text + "' is no compression for databases.", "Expected " + EXPECTED + ".");
  }
}
