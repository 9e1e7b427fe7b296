package io.holdfast.example.webdav;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Keys as urls below a root. Everything but letters, digits and {@code -._~} is percent-encoded, so
 * that a server reads the very bytes of the key.
 */
final class Urls {

  private final String root;

  Urls(URI root) {
    this.root = root.toString();
  }

  URI of(String key) {
    return URI.create(root + "/" + encoded(key));
  }

  /** A folder's url ends in a slash; the root is the folder of the empty key. */
  URI ofFolder(String key) {
    return URI.create(root + "/" + (key.isEmpty() ? "" : encoded(key) + "/"));
  }

  private static String encoded(String key) {
    StringBuilder text = new StringBuilder();
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }
}
