package io.holdfast.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a PostgreSQL program.
 *
 * @param major 15 of 15.20; for versions before 10 the 9 of 9.6
 * @param text as it says it: {@code 15.20}
 */
record ToolVersion(int major, String text) {

  private static final Pattern VERSION = Pattern.compile("\\b((\\d+)(?:[.\\d]|devel|beta|rc)*)");

  /** The version in the output of {@code --version}, or in a server's {@code server_version}. */
  static Optional<ToolVersion> parse(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find()
        ? Optional.of(new ToolVersion(Integer.parseInt(matcher.group(2)), matcher.group(1)))
        : Optional.empty();
  }
}
