package io.holdfast.postgres;

/** What the role that we log in as may do. */
final class Rights {

  private static final int READ_ALL_DATA_SINCE = 14;

  private Rights() {}

  /** True when it sees the password hashes of roles. */
  static boolean readsPasswords(Session session) {
    return is(session, "SELECT pg_catalog.has_table_privilege('pg_catalog.pg_authid', 'SELECT')");
  }

  /** True when no right is ever denied to it. */
  static boolean isSuperuser(Session session) {
    return is(session, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user");
  }

  /** True when it can read every table, and row security does not hide rows from it. */
  static boolean readsEverything(Session session, ToolVersion server) {
    if (isSuperuser(session)) {
      return true;
    }
    return server.major() >= READ_ALL_DATA_SINCE
        && is(session, "SELECT pg_catalog.pg_has_role('pg_read_all_data', 'USAGE')")
        && is(session, "SELECT rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user");
  }

  private static boolean is(Session session, String sql) {
    return session
        .first("look at the rights of this role", sql, row -> row.getBoolean(1))
        .orElse(false);
  }
}
