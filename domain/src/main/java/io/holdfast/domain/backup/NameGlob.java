package io.holdfast.domain.backup;

import java.util.List;

/**
 * Patterns of database and volume names, in which {@code *} is any text and {@code ?} any
 * character.
 */
public final class NameGlob {

  private NameGlob() {}

  /** True when a pattern is one name in full. */
  public static boolean isExact(String pattern) {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /** True when one of the patterns matches a name. */
  public static boolean anyMatches(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /** Backtracks to the last star alone, so that it takes quadratic time at worst. */
  static boolean matches(String pattern, String text) {
    int[] wanted = pattern.codePoints().toArray();
    int[] given = text.codePoints().toArray();
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < given.length) {
      if (p < wanted.length && wanted[p] == '*') {
        star = p++;
        resume = t;
      } else if (p < wanted.length && (wanted[p] == '?' || wanted[p] == given[t])) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < wanted.length && wanted[p] == '*') {
      p++;
    }
    return p == wanted.length;
  }
}
