package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;

/** A result for people, line by line. */
final class Page {

  private final Console console;
  private final boolean colours;

  Page(Console console, boolean colours) {
    this.console = console;
    this.colours = colours;
  }

  /** A line of our own words and {@link SafeText safe} ones. */
  Page line(String text) {
    console.result(SafeText.line(text));
    return this;
  }

  /** A line of which one word stands out. */
  Page line(Style style, String word, String rest) {
    console.result(style.apply(SafeText.line(word), colours) + SafeText.line(rest));
    return this;
  }

  /** A failure of a part, beside the result: on stderr, like any other. */
  void failure(Failure failure) {
    ErrorReport.of(failure, "").say(console, false);
  }

  /** A whole text of our own making. */
  void asIs(String text) {
    console.resultText(text);
  }

  Page table(Table table) {
    table.render(colours).forEach(console::result);
    return this;
  }
}
