package io.holdfast.postgres;

import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the fingerprint of a cluster's roles: attributes, what they are members of, settings and
 * comment. It reads what every role may see, so passwords are no part of it.
 */
final class RoleFingerprinter {

  private static final String ROLES =
      """
      SELECT r.rolname,
             left(encode(sha256(convert_to(ROW(
               r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
               r.rolreplication, r.rolbypassrls, r.rolconnlimit,
               CASE WHEN isfinite(r.rolvaliduntil) THEN (r.rolvaliduntil AT TIME ZONE 'UTC')::text
                    ELSE r.rolvaliduntil::text END,
               (SELECT string_agg(DISTINCT (g.rolname || CASE WHEN m.admin_option THEN '*' ELSE '' END)
                         COLLATE "C", ',')
                  FROM pg_catalog.pg_auth_members m
                  JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid),
               (SELECT string_agg(o, E'\\n' ORDER BY o COLLATE "C")
                  FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) AS o
                 WHERE s.setrole = r.oid AND s.setdatabase = 0),
               shobj_description(r.oid, 'pg_authid'))::text, 'UTF8')), 'hex'), 32)
        FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_'
      """;

  /** From here on a membership says what it is for. */
  private static final int MEMBERSHIP_OPTIONS_SINCE = 16;

  private static final String MEMBERSHIPS =
      """
      SELECT r.rolname,
             string_agg(DISTINCT (g.rolname || ': '
               || concat_ws(', ', CASE WHEN m.admin_option THEN 'ADMIN' END,
                    CASE WHEN m.inherit_option THEN 'INHERIT' END,
                    CASE WHEN m.set_option THEN 'SET' END)) COLLATE "C", '; ')
        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
        JOIN pg_catalog.pg_roles r ON r.oid = m.member
       WHERE r.rolname !~ '^pg_' GROUP BY r.rolname
      """;

  private RoleFingerprinter() {}

  static GlobalsFingerprint take(Session session) {
    TreeMap<String, String> roles = new TreeMap<>();
    TreeMap<String, String> memberships = new TreeMap<>();
    session.inTransaction(
        "read the roles",
        () -> {
          session.execute("read dates as ISO writes them", "SET LOCAL DateStyle = 'ISO, YMD'");
          read(session, ROLES, roles);
          if (ServerFacts.version(session).major() >= MEMBERSHIP_OPTIONS_SINCE) {
            read(session, MEMBERSHIPS, memberships);
          }
        });
    return new GlobalsFingerprint(roles, memberships);
  }

  private static void read(Session session, String sql, Map<String, String> into) {
    session
        .query("read the roles", sql, row -> new Role(row.getString(1), row.getString(2)))
        .forEach(role -> into.put(role.name(), role.told()));
  }

  private record Role(String name, String told) {}
}
