package io.holdfast.postgres;

import java.util.Locale;
import java.util.Set;

/**
 * The names that a database goes by while it is being replaced: {@code NAME__restoring} while it is
 * filled, {@code NAME__replaced} for the one that it replaces. They are ASCII and short enough for
 * PostgreSQL, which would cut a longer one; a name that is not becomes its beginning and a digest.
 */
final class SwapNames {

  private static final String INCOMING = "__restoring";
  private static final String OUTGOING = "__replaced";

  /** NAMEDATALEN less one. */
  private static final int LONGEST = 63;

  private SwapNames() {}

  static String incoming(String database, Set<String> taken) {
    return free(database, INCOMING, taken);
  }

  static String outgoing(String database, Set<String> taken) {
    return free(database, OUTGOING, taken);
  }

  private static String free(String database, String suffix, Set<String> taken) {
    String name = named(database, suffix);
    for (int i = 2; taken.contains(name); i++) {
      name = named(database, suffix + "_" + i);
    }
    return name;
  }

  private static String named(String database, String suffix) {
    if (isPlain(database) && database.length() + suffix.length() <= LONGEST) {
      return database + suffix;
    }
    // Outside ASCII a name reads differently from within a database of another encoding.
    String plain = database.replaceAll("[^ -~]", "_");
    String digest = String.format(Locale.ROOT, "~%08x", database.hashCode());
    int room = LONGEST - digest.length() - suffix.length();
    return plain.substring(0, Math.min(room, plain.length())) + digest + suffix;
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
