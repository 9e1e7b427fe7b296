package io.holdfast.application.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads lines of text of which none takes more than 8 KiB of memory. */
final class CutLines {

  private static final int LONGEST = 8 * 1024;

  private CutLines() {}

  /** Reads to the end; what is too long of a line is left out. */
  static void read(InputStream in, Consumer<String> lines) throws IOException {
    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder();
    char[] buffer = new char[4096];
    for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST) {
          line.append(buffer[i]);
        }
      }
    }
    if (line.length() > 0) {
      lines.accept(line.toString());
    }
  }
}
