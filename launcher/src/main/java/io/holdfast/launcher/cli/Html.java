package io.holdfast.launcher.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML of which no text can become markup: names, notes and tags come from databases,
 * volumes and other people's sets. What does not show is shown as an escape, as on a terminal.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(64 * 1024);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element with a text. */
  Html text(String tag, String text, String... attributes) {
    start(tag, attributes);
    append(text);
    out.append("</").append(tag).append('>');
    return this;
  }

  /** A text. */
  Html text(String text) {
    append(text);
    return this;
  }

  /** An element without an end. */
  Html lone(String tag, String... attributes) {
    start(tag, attributes);
    return this;
  }

  /** A shape of a drawing. */
  Html shape(String tag, String... attributes) {
    start(tag, attributes);
    out.append("</").append(tag).append('>');
    return this;
  }

  /** A text of our own that is no HTML: a style sheet. */
  Html asIs(String text) {
    out.append(text);
    return this;
  }

  /** A line's end, for whoever looks at the source. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** All of it, once every element is closed. */
  String whole() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      append(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private void append(String text) {
    String safe = SafeText.line(text);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
