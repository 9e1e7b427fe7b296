package io.holdfast.storage.state;

import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of a run's log: one JSON object each. */
final class LogLines {

  /** Of characters, of which UTF-8 and JSON's escapes make six bytes at worst. */
  private static final int LONGEST_MESSAGE = 8 * 1024;

  private LogLines() {}

  /** A line's bytes with its newline. */
  static byte[] write(LogLine line) {
    String message = line.message();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", line.at().toString());
    json.put("level", line.level());
    json.put(
        "message",
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE) + "...");
    return Json.writeLine(json);
  }

  /** The lines of a log. */
  static List<LogLine> readAll(byte[] log) {
    List<LogLine> lines = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < log.length; at++) {
      if (log[at] == '\n') {
        read(Arrays.copyOfRange(log, begin, at)).ifPresent(lines::add);
        begin = at + 1;
      }
    }
    return List.copyOf(lines);
  }

  /** A line; empty when it is none, as the last one of a killed run may be. */
  private static Optional<LogLine> read(byte[] bytes) {
    try {
      Fields json = Fields.of(Json.read(bytes));
      return Optional.of(new LogLine(json.instant("at"), json.text("level"), json.text("message")));
    } catch (MalformedJsonException torn) {
      return Optional.empty();
    }
  }
}
