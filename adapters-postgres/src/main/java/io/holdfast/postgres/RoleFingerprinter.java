package io.holdfast.postgres;

import io.holdfast.domain.fingerprint.GlobalsFingerprint;
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

  private RoleFingerprinter() {}

  static GlobalsFingerprint take(Session session) {
    TreeMap<String, String> roles = new TreeMap<>();
    session.inTransaction(
        "read the roles",
        () -> {
          session.execute("read dates as ISO writes them", "SET LOCAL DateStyle = 'ISO, YMD'");
          session
              .query("read the roles", ROLES, row -> new Role(row.getString(1), row.getString(2)))
              .forEach(role -> roles.put(role.name(), role.digest()));
        });
    return new GlobalsFingerprint(roles);
  }

  private record Role(String name, String digest) {}
}
