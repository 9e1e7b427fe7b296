package io.holdfast.launcher.cli;

/** How a word stands out on a terminal. */
enum Style {
  PLAIN(""),
  GOOD("32"),
  DOUBTFUL("33"),
  BAD("31"),
  HEADING("1");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text with the style's escape codes around it, when colours are wanted. */
  String apply(String text, boolean colours) {
    return colours && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
