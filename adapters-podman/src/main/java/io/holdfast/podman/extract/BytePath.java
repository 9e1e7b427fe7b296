package io.holdfast.podman.extract;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Files whose names are bytes: Java takes them from an URI as they are, and not from a text. */
final class BytePath {

  private BytePath() {}

  /**
   * A file below a folder.
   *
   * @param name its path from there; each character stands for one byte
   */
  static Path below(Path folder, String name) {
    String base = folder.toAbsolutePath().toUri().getRawPath();
    StringBuilder path = new StringBuilder(base.endsWith("/") ? base : base + "/");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/') {
        path.append(c);
      } else {
        path.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return Path.of(URI.create("file://" + path));
  }
}
