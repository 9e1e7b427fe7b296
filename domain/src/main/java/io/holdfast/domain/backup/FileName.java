package io.holdfast.domain.backup;

import java.util.UUID;

/**
 * A name as a file name. A name that can be one is taken as it is. In others each {@code /} and NUL
 * is percent-encoded, and so is a {@code %} that would read as an encoding; {@code .} and {@code
 * ..} are encoded whole. One too long for a file name keeps its beginning and ends in {@code %~}
 * and a digest of the whole, for which the manifest has the full name.
 */
public final class FileName {

  /** What Linux file systems take at most, in bytes. */
  static final int LONGEST = 255;

  private static final String DIGEST_MARK = "%~";
  private static final String HEX = "0123456789ABCDEF";

  private FileName() {}

  /** The file name of a name, with a suffix that is taken as it is. */
  public static String encode(String name, String suffix) {
    String encoded =
        name.equals(".") || name.equals("..") ? name.replace(".", "%2E") : escape(name);
    if (utf8Length(encoded) + suffix.length() <= LONGEST) {
      return encoded + suffix;
    }
    String digest = DIGEST_MARK + digestOf(name);
    return prefix(encoded, LONGEST - suffix.length() - digest.length()) + digest + suffix;
  }

  /** The name that a file name (without its suffix) was made from; what was not encoded stays. */
  public static String decode(String fileName) {
    StringBuilder name = new StringBuilder(fileName.length());
    int at = 0;
    while (at < fileName.length()) {
      if (isEncoding(fileName, at)) {
        name.append((char) Integer.parseInt(fileName.substring(at + 1, at + 3), 16));
        at += 3;
      } else {
        name.append(fileName.charAt(at++));
      }
    }
    return name.toString();
  }

  private static String escape(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == 0 || isEncoding(name, i)) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isEncoding(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && isHex(text.charAt(at + 1))
        && isHex(text.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return HEX.indexOf(Character.toUpperCase(c)) >= 0 && c < 128;
  }

  private static String prefix(String text, int bytes) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      used += utf8Length(codePoint);
      if (used > bytes) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  private static int utf8Length(String text) {
    return text.codePoints().map(FileName::utf8Length).sum();
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** Each UTF-16 unit as two bytes, so that no two names share an input. */
  private static String digestOf(String name) {
    byte[] units = new byte[name.length() * 2];
    for (int i = 0; i < name.length(); i++) {
      units[2 * i] = (byte) (name.charAt(i) >> 8);
      units[2 * i + 1] = (byte) name.charAt(i);
    }
    return UUID.nameUUIDFromBytes(units).toString();
  }
}
