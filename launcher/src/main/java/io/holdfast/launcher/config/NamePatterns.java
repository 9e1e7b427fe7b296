package io.holdfast.launcher.config;

import java.util.List;

/**
 * Which names are meant.
 *
 * @param include globs of which one must match
 * @param exclude globs of which none may match
 */
public record NamePatterns(List<String> include, List<String> exclude) {
  public NamePatterns {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Every name. */
  public static NamePatterns everything() {
    return new NamePatterns(List.of("*"), List.of());
  }

  static NamePatterns read(Section section) {
    return new NamePatterns(
        section.texts("include").orElse(List.of("*")), section.texts("exclude").orElse(List.of()));
  }
}
