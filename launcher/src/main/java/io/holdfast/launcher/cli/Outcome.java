package io.holdfast.launcher.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What came of a command.
 *
 * @param json the document for programs
 * @param text the page for people
 * @param exitCode how the process ends
 */
record Outcome(Supplier<Json.Fields> json, Consumer<Page> text, int exitCode) {}
