package io.holdfast.postgres;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;

/**
 * A table whose rows are part of a dump.
 *
 * @param name its schema and name as SQL spells them
 * @param columns its columns as SQL spells them, in order of their names
 * @param key those of its primary key; none where it has none
 * @param condition what narrows the rows that a dump has, for a table of an extension: {@code WHERE
 *     ..}, or empty
 * @param bytes what it takes, indexes left out
 */
record OwnTable(String name, List<String> columns, List<String> key, String condition, long bytes) {

  OwnTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** All of the database's own, in order of their names. */
  static List<OwnTable> all(Session session) {
    return session.query(
        "list the tables of database '" + session.database() + "'",
        DefinitionSql.tables(),
        row ->
            new OwnTable(
                row.getString(1),
                texts(row.getArray(2)),
                texts(row.getArray(3)),
                row.getString(4),
                row.getLong(5)));
  }

  /** Counts its rows and digests their content, or one of {@code share} of them. */
  String contentQuery(RowDigest digest, long share) {
    String text = rowOf(columns);
    String filter =
        share == 1
            ? ""
            : " FILTER (WHERE " + digest.chosen(key.isEmpty() ? text : rowOf(key), share) + ")";
    return "SELECT count(*), coalesce(" + digest.sum(text) + filter + ", 0)::text" + from();
  }

  /** Counts its rows. */
  String countQuery() {
    return "SELECT count(*)" + from();
  }

  private String from() {
    return " FROM ONLY " + name + " AS t " + condition;
  }

  private static String rowOf(List<String> columns) {
    return "ROW("
        + String.join(", ", columns.stream().map(column -> "t." + column).toList())
        + ")::text";
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
