package io.holdfast.domain.checksum;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The content of a {@code checksums.sha256}, as {@code sha256sum} of GNU coreutils writes and
 * checks it: a line a file, the digest, a space, a space or asterisk, the path. A path with a
 * backslash, newline or carriage return is escaped as {@code \\}, {@code \n} and {@code \r}, and
 * its line begins with a backslash.
 *
 * @param entries each path once
 */
public record ChecksumFile(List<ChecksumEntry> entries) {

  private static final int DIGEST_DIGITS = 64;

  public ChecksumFile {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a checksum file.
   *
   * @throws MalformedChecksumsException when a line is none, a path is named twice, or there is no
   *     line at all
   */
  public static ChecksumFile parse(String text) {
    List<ChecksumEntry> entries = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      ChecksumEntry entry = parseLine(line, number);
      if (!paths.add(entry.path())) {
        throw new MalformedChecksumsException(number, "names " + entry.path() + " a second time");
      }
      entries.add(entry);
    }
    if (entries.isEmpty()) {
      throw new MalformedChecksumsException(1, "names no file");
    }
    return new ChecksumFile(entries);
  }

  /** The file's text; each line ends in a newline. */
  public String render() {
    StringBuilder text = new StringBuilder();
    for (ChecksumEntry entry : entries) {
      String path = entry.path();
      if (needsEscape(path)) {
        text.append('\\');
        path = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
      }
      text.append(entry.checksum().hex()).append("  ").append(path).append('\n');
    }
    return text.toString();
  }

  /** A carriage return counts: {@code sha256sum -c} would take one off the end of a line. */
  private static boolean needsEscape(String path) {
    return path.indexOf('\\') >= 0 || path.indexOf('\n') >= 0 || path.indexOf('\r') >= 0;
  }

  private static ChecksumEntry parseLine(String line, int number) {
    boolean escaped = line.charAt(0) == '\\';
    String rest = escaped ? line.substring(1) : line;
    boolean separated =
        rest.length() > DIGEST_DIGITS + 2
            && rest.charAt(DIGEST_DIGITS) == ' '
            && (rest.charAt(DIGEST_DIGITS + 1) == ' ' || rest.charAt(DIGEST_DIGITS + 1) == '*');
    if (!separated) {
      throw new MalformedChecksumsException(
          number, "is not a digest, two spaces and a path, as sha256sum writes");
    }
    String hex = rest.substring(0, DIGEST_DIGITS).toLowerCase(Locale.ROOT);
    String path = rest.substring(DIGEST_DIGITS + 2);
    try {
      return new ChecksumEntry(new Checksum(hex), escaped ? unescape(path, number) : path);
    } catch (IllegalArgumentException notHex) {
      throw new MalformedChecksumsException(number, "does not begin with a SHA-256 digest");
    }
  }

  private static String unescape(String path, int number) {
    StringBuilder out = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char code = at < path.length() ? path.charAt(at++) : ' ';
      out.append(
          switch (code) {
            case '\\' -> '\\';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default ->
                throw new MalformedChecksumsException(
                    number, "has a backslash that escapes nothing");
          });
    }
    return out.toString();
  }
}
