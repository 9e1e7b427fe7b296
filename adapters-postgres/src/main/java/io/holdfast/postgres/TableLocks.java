package io.holdfast.postgres;

import java.util.List;

/**
 * Holds the tables of a snapshot as its dump will, and tells of those that are not any more what
 * the snapshot shows: TRUNCATE and what rewrites a table take its rows from older snapshots too
 * (PostgreSQL, "Caveats" of Concurrency Control).
 */
final class TableLocks {

  private static final String OWN =
      " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
          + " AND c.relpersistence <> 't'";

  private static final String TABLES =
      "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)"
          + OWN
          + " AND c.relkind IN ('r', 'p') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
          + " ORDER BY 1";

  /** The catalog's row is the snapshot's, the function tells of now. */
  private static final String CHANGED =
      "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)"
          + OWN
          + " AND c.relkind IN ('r', 'm') AND c.relfilenode <> 0"
          + " AND pg_catalog.pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode"
          + " ORDER BY 1";

  private TableLocks() {}

  /**
   * Locks all of them against being changed so, until the session's transaction ends.
   *
   * @param session is inside a snapshot
   * @return tables that were truncated, rewritten or dropped since; none as a rule
   */
  static List<String> changedSince(Session session) {
    // Where they cannot be locked, pg_dump will say so, or one of them is gone.
    session.attempt("lock the tables", () -> lock(session));
    return session.names("look for tables that were rewritten", CHANGED);
  }

  private static void lock(Session session) {
    List<String> tables = session.names("list the tables to lock", TABLES);
    if (!tables.isEmpty()) {
      session.execute(
          "limit the wait for locks",
          "SET LOCAL lock_timeout = " + DatabaseExport.LOCK_WAIT_MILLIS);
      session.execute(
          "lock the tables",
          "LOCK TABLE ONLY " + String.join(", ONLY ", tables) + " IN ACCESS SHARE MODE");
    }
  }
}
