package io.holdfast.podman.archive;

/**
 * Names as mtree(5) spells them: what is no plain visible character of ASCII, and what means
 * something there ({@code \ # = * ? [}), as a backslash and three octal digits (vis(3), VIS_OCTAL).
 * Each character of a name stands for one byte.
 */
final class VisText {

  private static final int OCTAL_DIGITS = 3;

  private VisText() {}

  static void encode(String name, StringBuilder to) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isPlain(c)) {
        to.append(c);
      } else {
        to.append('\\')
            .append((char) ('0' + (c >> 6 & 3)))
            .append((char) ('0' + (c >> 3 & 7)))
            .append((char) ('0' + (c & 7)));
      }
    }
  }

  /** What was encoded; a backslash without three octal digits behind it stands for itself. */
  static String decode(String text) {
    int escape = text.indexOf('\\');
    if (escape < 0) {
      return text;
    }
    StringBuilder name = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '\\' && isOctal(text, at + 1)) {
        name.append((char) Integer.parseInt(text.substring(at + 1, at + 1 + OCTAL_DIGITS), 8));
        at += 1 + OCTAL_DIGITS;
      } else {
        name.append(text.charAt(at++));
      }
    }
    return name.toString();
  }

  private static boolean isPlain(char c) {
    return c > ' '
        && c < 0x7F
        && switch (c) {
          case '\\', '#', '=', '*', '?', '[' -> false;
          default -> true;
        };
  }

  private static boolean isOctal(String text, int at) {
    if (at + OCTAL_DIGITS > text.length() || text.charAt(at) > '3') {
      return false;
    }
    for (int i = at; i < at + OCTAL_DIGITS; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
