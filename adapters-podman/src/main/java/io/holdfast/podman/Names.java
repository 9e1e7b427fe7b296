package io.holdfast.podman;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Names that globs choose among. */
final class Names {

  private Names() {}

  /** True when one of the globs matches. */
  static boolean match(List<String> globs, String name) {
    return globs.stream().anyMatch(glob -> matches(glob, name));
  }

  /** True when a glob is a name in full. */
  static boolean isExact(String glob) {
    return glob.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  private static boolean matches(String glob, String name) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    } catch (PatternSyntaxException e) {
      throw new ConfigurationFailure(
          "\"" + glob + "\" under volumes: is no glob: " + e.getDescription() + ".",
          "Close every [ and {, or put a backslash before them.",
          e);
    }
  }
}
