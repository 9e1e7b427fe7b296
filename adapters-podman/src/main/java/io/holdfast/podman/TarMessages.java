package io.holdfast.podman;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GNU tar says on its error output in the C locale, told to an operator. It is shown lines by
 * one thread and asked by another after tar has ended.
 */
final class TarMessages {

  private static final int MOST_NAMED = 100;

  private static final Pattern CHANGE =
      Pattern.compile(
          "tar: (?<name>.*): (?<what>file changed as we read it|[Ff]ile removed before we read it"
              + "|File shrank by \\d+ bytes?; padding with zeros)");
  private static final Pattern SOCKET = Pattern.compile("tar: (?<name>.*): socket ignored");

  private final List<String> warnings = new ArrayList<>();
  private int changes;
  private int sockets;
  private String firstSocket = "";
  private int others;

  synchronized void add(String line) {
    Matcher change = CHANGE.matcher(line);
    if (change.matches()) {
      changes++;
      if (changes <= MOST_NAMED) {
        warnings.add(describe(readable(change.group("name")), change.group("what")));
      }
      return;
    }
    Matcher socket = SOCKET.matcher(line);
    if (socket.matches()) {
      sockets++;
      firstSocket = sockets == 1 ? readable(socket.group("name")) : firstSocket;
      return;
    }
    others++;
    if (others <= MOST_NAMED) {
      warnings.add(line);
    }
  }

  /** True when tar's exit code 1 is fully told by files that changed while it read. */
  synchronized boolean onlyTellOfChanges() {
    return changes > 0 && others == 0;
  }

  synchronized List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    if (changes > MOST_NAMED) {
      all.add((changes - MOST_NAMED) + " more files changed while they were read.");
    }
    if (others > MOST_NAMED) {
      all.add((others - MOST_NAMED) + " more messages of tar.");
    }
    if (sockets > 0) {
      all.add(
          sockets == 1
              ? "The socket " + firstSocket + " is not in the archive: tar cannot hold sockets."
              : sockets
                  + " sockets ("
                  + firstSocket
                  + " and others) are not in the archive: tar cannot hold sockets.");
    }
    return all;
  }

  private static String describe(String name, String what) {
    if (what.startsWith("file changed")) {
      return name + " changed while it was read; its copy may be a mixture.";
    }
    if (what.startsWith("File shrank")) {
      return name + " became shorter while it was read; its copy ends in zeros.";
    }
    return name + " vanished before it was read; it is not in the archive.";
  }

  /**
   * A name as tar quotes it ({@code --quoting-style=escape}), with letters beyond ASCII put back;
   * control characters stay escaped, for this is shown on terminals.
   */
  static String readable(String quoted) {
    byte[] bytes = new byte[quoted.length()];
    int length = 0;
    int at = 0;
    while (at < quoted.length()) {
      char c = quoted.charAt(at);
      if (c == '\\' && isHighOctal(quoted, at + 1)) {
        bytes[length++] = (byte) Integer.parseInt(quoted.substring(at + 1, at + 4), 8);
        at += 4;
      } else {
        boolean escapedBackslash = c == '\\' && quoted.startsWith("\\\\", at);
        bytes[length++] = (byte) c;
        at += escapedBackslash ? 2 : 1;
      }
    }
    String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return name.startsWith("./") && name.length() > 2 ? name.substring(2) : name;
  }

  private static boolean isHighOctal(String text, int at) {
    return at + 3 <= text.length()
        && (text.charAt(at) == '2' || text.charAt(at) == '3')
        && isOctal(text.charAt(at + 1))
        && isOctal(text.charAt(at + 2));
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }
}
