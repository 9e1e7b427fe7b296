package io.holdfast.application.catalog;

import java.util.regex.Pattern;

/** Text as one word of a POSIX shell's command line. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  private ShellWord() {}

  static String quote(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
