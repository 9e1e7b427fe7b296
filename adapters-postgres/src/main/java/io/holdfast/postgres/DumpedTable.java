package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table in a dump.
 *
 * @param schema its schema as it is, without quotes
 * @param name its name, likewise
 */
record DumpedTable(String schema, String name) {

  private static final int MOST_SUGGESTED = 10;

  /** As SQL reads it. */
  String identifier() {
    return Quoting.identifier(schema) + "." + Quoting.identifier(name);
  }

  /** For people. */
  String describe() {
    return schema + "." + name;
  }

  /** True when an operator's {@code schema.table} means it, whichever part is quoted. */
  boolean isMeantBy(String text) {
    String quotedSchema = Quoting.identifier(schema);
    String quotedName = Quoting.identifier(name);
    return text.equals(describe())
        || text.equals(identifier())
        || text.equals(quotedSchema + "." + name)
        || text.equals(schema + "." + quotedName);
  }

  /** Tables that an operator may have meant by a name that none has. */
  static List<String> near(String text, Set<DumpedTable> tables) {
    String wanted = lastPart(text);
    List<String> near = new ArrayList<>();
    for (DumpedTable table : tables) {
      String name = table.name.toLowerCase(Locale.ROOT);
      if (near.size() < MOST_SUGGESTED
          && (name.contains(wanted) || wanted.contains(name))
          && !name.isEmpty()) {
        near.add(table.describe());
      }
    }
    return near;
  }

  private static String lastPart(String text) {
    return text.substring(text.lastIndexOf('.') + 1).replace("\"", "").toLowerCase(Locale.ROOT);
  }
}
