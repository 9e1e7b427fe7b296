package io.holdfast.podman.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names of members as people read and type them: UTF-8 as it is; what is none, control characters
 * and backslashes as a backslash and three octal digits. Two names never read the same.
 */
final class ReadableName {

  private static final int LONGEST_CHARACTER = 4;

  private ReadableName() {}

  /** A name for people; each character of what is given stands for one byte. */
  static String of(String name) {
    StringBuilder out = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c >= ' ' && c < 0x7F && c != '\\') {
        out.append(c);
        at++;
      } else {
        at += append(name, at, out);
      }
    }
    return out.toString();
  }

  /** The name that people mean when they write out every byte. */
  static String literal(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The name that people mean when they write what they were shown. */
  static String unescaped(String text) {
    return VisText.decode(literal(text));
  }

  private static int append(String name, int at, StringBuilder out) {
    int length = lengthOf(name.charAt(at));
    if (length > 1 && at + length <= name.length()) {
      try {
        String character =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(
                    ByteBuffer.wrap(
                        name.substring(at, at + length).getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
        if (!Character.isISOControl(character.codePointAt(0))) {
          out.append(character);
          return length;
        }
      } catch (CharacterCodingException e) {
        // No UTF-8: its first byte is shown as a number.
      }
    }
    out.append(String.format("\\%03o", (int) name.charAt(at)));
    return 1;
  }

  private static int lengthOf(char lead) {
    if (lead >= 0xF0) {
      return LONGEST_CHARACTER;
    }
    if (lead >= 0xE0) {
      return 3;
    }
    return lead >= 0xC0 ? 2 : 1;
  }
}
