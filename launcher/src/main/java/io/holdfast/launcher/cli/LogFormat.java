package io.holdfast.launcher.cli;

/** How what is told beside the results is written. */
enum LogFormat {
  /** A line an event, for people. */
  TEXT,
  /** A JSON object a line, for what collects logs. */
  JSON
}
