package io.holdfast.launcher.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What came of a command.
 *
 * @param json the document for programs
 * @param text the page for people
 * @param exitCode how the process ends
 * @param answer true when the page is what was asked for, false when it reports what was done: with
 *     {@code --quiet} there is no report of what went well
 * @param written true when all of it was written already, because it is too much to be kept
 */
record Outcome(
    Supplier<Json.Fields> json,
    Consumer<Page> text,
    int exitCode,
    boolean answer,
    boolean written) {

  /** What was written as it came. */
  static Outcome written(int exitCode) {
    return new Outcome(Json::object, page -> {}, exitCode, true, true);
  }

  static Outcome answer(Supplier<Json.Fields> json, Consumer<Page> text, int exitCode) {
    return new Outcome(json, text, exitCode, true, false);
  }

  static Outcome report(Supplier<Json.Fields> json, Consumer<Page> text, int exitCode) {
    return new Outcome(json, text, exitCode, false, false);
  }
}
