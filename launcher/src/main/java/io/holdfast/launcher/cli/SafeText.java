package io.holdfast.launcher.cli;

/**
 * Makes text safe for a terminal. Names come from databases, volumes and other people's sets: an
 * escape sequence in one must not move the cursor, hide a line or fake one.
 */
final class SafeText {

  private SafeText() {}

  /** One line: whatever would not show as itself is shown as an escape. */
  static String line(String text) {
    if (text.codePoints().allMatch(SafeText::shows)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (shows(c)) {
      out.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append(String.format(c < 0x100 ? "\\x%02x" : "\\u{%x}", c));
    }
  }

  private static boolean shows(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
