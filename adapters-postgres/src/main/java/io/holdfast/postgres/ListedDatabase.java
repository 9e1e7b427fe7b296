package io.holdfast.postgres;

import java.util.List;
import java.util.OptionalLong;

/**
 * A database as its cluster's catalog lists it.
 *
 * @param name its name
 * @param bytes its size on the server's disk; empty where this role may not know it
 * @param template whether it is a template
 * @param connectable whether it lets anybody in
 * @param halfDropped whether a DROP DATABASE was interrupted in it
 */
record ListedDatabase(
    String name, OptionalLong bytes, boolean template, boolean connectable, boolean halfDropped) {

  /** A half dropped database has this for its connection limit, from PostgreSQL 15.4 on. */
  private static final int HALF_DROPPED = -2;

  /** All of them, the largest first: what takes longest should be begun first. */
  static List<ListedDatabase> all(Session session) {
    return session.query(
        "list the databases",
        "SELECT datname, datistemplate, datallowconn, datconnlimit,"
            + " CASE WHEN pg_catalog.has_database_privilege(oid, 'CONNECT')"
            + " OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')"
            + " THEN pg_catalog.pg_database_size(oid) END AS bytes"
            + " FROM pg_catalog.pg_database ORDER BY bytes DESC NULLS LAST, datname",
        row -> {
          long bytes = row.getLong("bytes");
          return new ListedDatabase(
              row.getString("datname"),
              row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bytes),
              row.getBoolean("datistemplate"),
              row.getBoolean("datallowconn"),
              row.getInt("datconnlimit") == HALF_DROPPED);
        });
  }
}
