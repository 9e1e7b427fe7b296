package io.holdfast.launcher.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How dumps are compressed inside their own format. */
public sealed interface DumpCompression {

  /** What is expected, for error messages. */
  String EXPECTED = "auto, none, gzip:1 to gzip:9 or zstd:1 to zstd:19";

  /** The best that both sides have. */
  record Auto() implements DumpCompression {}

  /** Not at all. */
  record None() implements DumpCompression {}

  /**
   * zlib.
   *
   * @param level from 1 to 9
   */
  record Gzip(int level) implements DumpCompression {}

  /**
   * Zstandard, which pg_dump has from version 16 on.
   *
   * @param level from 1 to 19
   */
  record Zstd(int level) implements DumpCompression {}

  /** The compression that a text means; empty when it is none. */
  static Optional<DumpCompression> parse(String text) {
    return switch (text) {
      case "auto" -> Optional.of(new Auto());
      case "none" -> Optional.of(new None());
      default -> parseWithLevel(text);
    };
  }

  private static Optional<DumpCompression> parseWithLevel(String text) {
    Matcher matcher = Pattern.compile("(gzip|zstd):(\\d{1,2})").matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int level = Integer.parseInt(matcher.group(2));
    boolean gzip = text.startsWith("gzip");
    if (level < 1 || level > (gzip ? 9 : 19)) {
      return Optional.empty();
    }
    return Optional.of(gzip ? new Gzip(level) : new Zstd(level));
  }
}
