package io.holdfast.storage.sftp;

import java.nio.charset.StandardCharsets;

/**
 * A path on the server. A name there is any bytes, so that each byte is kept as one character; such
 * texts also order as the bytes do.
 *
 * @param raw the bytes, as ISO 8859-1; relative to the user's home unless it begins with a slash
 */
record RemotePath(String raw) {

  /** The path that people write so. */
  static RemotePath of(String text) {
    return new RemotePath(rawOf(text));
  }

  /** The bytes of a text, as one character each. */
  static String rawOf(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text of bytes; what is no UTF-8 shows as replacement characters. */
  static String textOf(String raw) {
    return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A path below this one. */
  RemotePath resolve(String rawBelow) {
    return new RemotePath(raw.endsWith("/") ? raw + rawBelow : raw + "/" + rawBelow);
  }

  /** The folder that it is in; itself when it is the topmost one that has a name. */
  RemotePath parent() {
    int slash = raw.lastIndexOf('/');
    if (slash > 0) {
      return new RemotePath(raw.substring(0, slash));
    }
    return slash == 0 ? new RemotePath("/") : new RemotePath(".");
  }

  boolean isTopmost() {
    return raw.equals("/") || raw.equals(".");
  }

  byte[] bytes() {
    return raw.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return textOf(raw);
  }
}
