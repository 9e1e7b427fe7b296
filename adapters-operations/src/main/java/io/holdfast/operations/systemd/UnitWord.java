package io.holdfast.operations.systemd;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of unit files, quoted so that systemd takes them as they are. */
final class UnitWord {

  private UnitWord() {}

  /**
   * A command line: neither specifiers nor variables are replaced in it. Variables never are in its
   * first word, where a doubled sign would stay doubled.
   */
  static String commandLine(List<String> words) {
    return Stream.concat(
            words.stream().limit(1), words.stream().skip(1).map(word -> word.replace("$", "$$")))
        .map(UnitWord::quoted)
        .collect(Collectors.joining(" "));
  }

  /** A variable and its value, for {@code Environment=}. */
  static String variable(String name, String value) {
    return quoted(name + "=" + value);
  }

  /** A path that stands by itself, where quotes would be part of it. */
  static String path(Path path) {
    return path.toString().replace("%", "%%");
  }

  private static String quoted(String word) {
    String escaped = word.replace("%", "%%");
    if (escaped.matches("[A-Za-z0-9_@%+=:,./$-]+")) {
      return escaped;
    }
    StringBuilder quoted = new StringBuilder("\"");
    escaped
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
