package io.holdfast.postgres;

/**
 * The definitions of what leads to data of other servers, a line each. The options of user mappings
 * are left out: most roles may not see them.
 */
final class ForeignDefinitions {

  private ForeignDefinitions() {}

  /** Pairs of a relation and a text; which relations there are is {@code rel}. */
  static String ofTables() {
    return """
        SELECT t.ftrelid, ROW('foreign table', s.srvname, OPTIONS)::text
          FROM pg_foreign_table t JOIN rel ON rel.oid = t.ftrelid
               JOIN pg_foreign_server s ON s.oid = t.ftserver
        UNION ALL
        SELECT a.attrelid, ROW('foreign column', a.attname, COLUMN_OPTIONS)::text
          FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid
         WHERE rel.relkind = 'f' AND a.attnum > 0 AND NOT a.attisdropped
        """
        .replace("COLUMN_OPTIONS", sorted("a.attfdwoptions"))
        .replace("OPTIONS", sorted("t.ftoptions"));
  }

  /** Pairs of a kind and a text. */
  static String all() {
    return """
        SELECT 'foreign servers', ROW(s.srvname, w.fdwname, s.srvtype, s.srvversion,
                 pg_get_userbyid(s.srvowner), GRANTS, OPTIONS,
                 obj_description(s.oid, 'pg_foreign_server'))::text
          FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
         WHERE NOT MEMBER
        UNION ALL
        SELECT 'user mappings', ROW(m.srvname, CASE m.umuser WHEN 0 THEN '' ELSE m.usename END)::text
          FROM pg_user_mappings m
        """
        .replace("GRANTS", DefinitionSql.acl("s.srvacl", "'S'", "s.srvowner"))
        .replace("OPTIONS", sorted("s.srvoptions"))
        .replace("MEMBER", DefinitionSql.member("pg_foreign_server", "s"));
  }

  private static String sorted(String options) {
    return "ARRAY(SELECT o FROM unnest(" + options + ") AS o ORDER BY o COLLATE \"C\")";
  }
}
