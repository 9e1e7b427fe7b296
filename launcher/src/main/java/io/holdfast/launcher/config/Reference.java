package io.holdfast.launcher.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that is kept elsewhere.
 *
 * @param origin where
 * @param name the variable's name or the file's path
 */
record Reference(Origin origin, String name) {

  /** What a reference looks like, for error messages. */
  static final String EXPECTED = "${env:NAME} or ${file:PATH}";

  /** Anything that looks like a reference, of a known origin or not. */
  static final Pattern ANY = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?\\}");

  /** Where a value may be kept. */
  enum Origin {
    ENVIRONMENT,
    FILE
  }

  /** The reference that a whole text is; empty when it is not one. */
  static Optional<Reference> parse(String text) {
    Matcher matcher = ANY.matcher(text);
    return matcher.matches() ? of(matcher) : Optional.empty();
  }

  /** The reference that {@link #ANY} has found; empty when it is of no known origin. */
  static Optional<Reference> of(Matcher found) {
    String name = Optional.ofNullable(found.group(2)).orElse("");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return switch (String.valueOf(found.group(1))) {
      case "env" -> Optional.of(new Reference(Origin.ENVIRONMENT, name));
      case "file" -> Optional.of(new Reference(Origin.FILE, name));
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return switch (origin) {
      case ENVIRONMENT -> "${env:" + name + "}";
      case FILE -> "${file:" + name + "}";
    };
  }
}
