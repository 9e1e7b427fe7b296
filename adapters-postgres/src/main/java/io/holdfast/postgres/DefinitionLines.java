package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;

/** The definitions of what is no relation, a line each: pairs of a kind and a text. */
final class DefinitionLines {

  /** Below it, pg_dump leaves the owner of schema public alone. */
  private static final int PUBLIC_OWNER_SINCE = 15;

  private static final int PUBLICATION_FILTERS_SINCE = 15;

  /** Objects with lower ids come with every database. */
  private static final int FIRST_OWN_OID = 16_384;

  private static final String OWN_SCHEMA =
      "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

  private DefinitionLines() {}

  static String all(FingerprintMethod method) {
    List<String> kinds =
        new ArrayList<>(
            List.of(
                schemas(method.major()),
                extensions(),
                functions(),
                aggregates(),
                types(),
                domains(),
                eventTriggers(),
                defaultGrants(),
                publications(method),
                settings(),
                largeObjects(),
                others()));
    if (method.describesForeignData()) {
      kinds.add(ForeignDefinitions.all());
    }
    return String.join("\n UNION ALL ", kinds);
  }

  private static String schemas(int major) {
    String owner =
        major >= PUBLIC_OWNER_SINCE
            ? "pg_get_userbyid(n.nspowner)"
            : "CASE n.nspname WHEN 'public' THEN '' ELSE pg_get_userbyid(n.nspowner) END";
    return """
        SELECT 'schemas', ROW(n.nspname, OWNER, GRANTS, obj_description(n.oid, 'pg_namespace'))::text
          FROM pg_namespace n WHERE OWN_SCHEMA AND NOT MEMBER
        """
        .replace("OWNER", owner)
        .replace("GRANTS", DefinitionSql.acl("n.nspacl", "'n'", "n.nspowner"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", DefinitionSql.member("pg_namespace", "n"));
  }

  /** Without versions: a dump creates whichever is the server's own. */
  private static String extensions() {
    return """
        SELECT 'extensions', ROW(x.extname, n.nspname, obj_description(x.oid, 'pg_extension'))::text
          FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
        """;
  }

  private static String functions() {
    return """
        SELECT 'functions', ROW(p.oid::regprocedure, DEFINITION, p.prosrc,
                 pg_get_userbyid(p.proowner), GRANTS, obj_description(p.oid, 'pg_proc'))::text
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE p.prokind <> 'a' AND OWN_SCHEMA AND NOT MEMBER AND NOT OF_TYPE
        """
        .replace("DEFINITION", DefinitionSql.plain("pg_get_functiondef(p.oid)"))
        .replace("GRANTS", DefinitionSql.acl("p.proacl", "'f'", "p.proowner"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("OF_TYPE", ofType())
        .replace("MEMBER", DefinitionSql.member("pg_proc", "p"));
  }

  /** The constructors that a range type brings by itself. */
  private static String ofType() {
    return "EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass"
        + " AND d.objid = p.oid AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass)";
  }

  private static String aggregates() {
    return """
        SELECT 'functions', ROW(p.oid::regprocedure, g.aggkind, g.aggtransfn, g.aggfinalfn,
                 g.aggcombinefn, g.aggtranstype::regtype, g.agginitval, p.proparallel,
                 pg_get_userbyid(p.proowner), GRANTS, obj_description(p.oid, 'pg_proc'))::text
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               JOIN pg_aggregate g ON g.aggfnoid = p.oid
         WHERE OWN_SCHEMA AND NOT MEMBER
        """
        .replace("GRANTS", DefinitionSql.acl("p.proacl", "'f'", "p.proowner"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", DefinitionSql.member("pg_proc", "p"));
  }

  private static String types() {
    return """
        SELECT CASE t.typtype WHEN 'e' THEN 'enums' ELSE 'types' END,
               ROW(t.oid::regtype, t.typtype, pg_get_userbyid(t.typowner), GRANTS,
                 ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid
                        ORDER BY e.enumsortorder),
                 (SELECT ROW(r.rngsubtype::regtype, r.rngcanonical, r.rngsubdiff)
                    FROM pg_range r WHERE r.rngtypid = t.oid),
                 t.typinput, t.typoutput, t.typlen, obj_description(t.oid, 'pg_type'))::text
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE t.typtype IN ('b', 'e', 'r') AND OWN_SCHEMA AND NOT MEMBER
           AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
        """
        .replace("GRANTS", DefinitionSql.acl("t.typacl", "'T'", "t.typowner"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", DefinitionSql.member("pg_type", "t"));
  }

  private static String domains() {
    return """
        SELECT 'domains', ROW(t.oid::regtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
                 DEFAULT_TEXT, pg_get_userbyid(t.typowner), GRANTS,
                 (SELECT o.collname FROM pg_collation o WHERE o.oid = t.typcollation),
                 ARRAY(SELECT ROW(k.conname, CHECKED, obj_description(k.oid, 'pg_constraint'))::text
                         FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'
                        ORDER BY k.conname COLLATE "C"),
                 obj_description(t.oid, 'pg_type'))::text
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE t.typtype = 'd' AND OWN_SCHEMA AND NOT MEMBER
        """
        .replace("DEFAULT_TEXT", DefinitionSql.plain("pg_get_expr(t.typdefaultbin, 0)"))
        .replace("CHECKED", DefinitionSql.plain("pg_get_constraintdef(k.oid)"))
        .replace("GRANTS", DefinitionSql.acl("t.typacl", "'T'", "t.typowner"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", DefinitionSql.member("pg_type", "t"));
  }

  private static String eventTriggers() {
    return """
        SELECT 'event triggers', ROW(v.evtname, v.evtevent, pg_get_userbyid(v.evtowner),
                 v.evtfoid::regprocedure, v.evtenabled, v.evttags,
                 obj_description(v.oid, 'pg_event_trigger'))::text
          FROM pg_event_trigger v WHERE NOT MEMBER
        """
        .replace("MEMBER", DefinitionSql.member("pg_event_trigger", "v"));
  }

  private static String defaultGrants() {
    return """
        SELECT 'default grants', ROW(pg_get_userbyid(a.defaclrole), n.nspname, a.defaclobjtype,
                 GRANTS)::text
          FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
        """
        .replace("GRANTS", DefinitionSql.aclOf("a.defaclacl"));
  }

  private static String publications(FingerprintMethod method) {
    if (method.describesPublications() && method.major() >= PUBLICATION_FILTERS_SINCE) {
      return """
          SELECT 'publications', ROW(to_jsonb(p) - 'oid' - 'pubowner', pg_get_userbyid(p.pubowner),
                   ARRAY(SELECT ROW(r.prrelid::regclass, FILTER,
                             ARRAY(SELECT a.attname FROM pg_attribute a
                                    WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)
                                    ORDER BY a.attname COLLATE "C"))::text COLLATE "C"
                           FROM pg_publication_rel r WHERE r.prpubid = p.oid ORDER BY 1),
                   ARRAY(SELECT n.nspname
                           FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid
                          WHERE s.pnpubid = p.oid ORDER BY n.nspname COLLATE "C"),
                   obj_description(p.oid, 'pg_publication'))::text
            FROM pg_publication p
          """
          .replace("FILTER", DefinitionSql.plain("pg_get_expr(r.prqual, r.prrelid)"));
    }
    return """
        SELECT 'publications', ROW(to_jsonb(p) - 'oid' - 'pubowner', pg_get_userbyid(p.pubowner),
                 ARRAY(SELECT r.prrelid::regclass::text COLLATE "C" FROM pg_publication_rel r
                        WHERE r.prpubid = p.oid ORDER BY 1))::text
          FROM pg_publication p
        """;
  }

  /** What was set by ALTER DATABASE, and by ALTER ROLE .. IN DATABASE. */
  private static String settings() {
    return """
        SELECT 'settings', ROW(pg_get_userbyid(nullif(s.setrole, 0)),
                 ARRAY(SELECT o FROM unnest(s.setconfig) AS o ORDER BY o COLLATE "C"))::text
          FROM pg_db_role_setting s
         WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;
  }

  private static String largeObjects() {
    return """
        SELECT 'large objects', ROW(m.oid, pg_get_userbyid(m.lomowner), GRANTS,
                 obj_description(m.oid, 'pg_largeobject'))::text
          FROM pg_largeobject_metadata m
        """
        .replace("GRANTS", DefinitionSql.acl("m.lomacl", "'L'", "m.lomowner"));
  }

  /** By name alone. */
  private static String others() {
    StringBuilder sql =
        new StringBuilder("SELECT 'other objects', i.type || ' ' || i.identity FROM (");
    String union = "";
    for (String catalog :
        new String[] {
          "pg_cast",
          "pg_collation",
          "pg_conversion",
          "pg_foreign_data_wrapper",
          "pg_foreign_server",
          "pg_language",
          "pg_opclass",
          "pg_operator",
          "pg_opfamily",
          "pg_statistic_ext",
          "pg_transform",
          "pg_ts_config",
          "pg_ts_dict",
          "pg_am"
        }) {
      sql.append(union)
          .append("SELECT '" + catalog + "'::regclass AS class, o.oid FROM " + catalog + " o")
          .append(" WHERE o.oid >= " + FIRST_OWN_OID + " AND NOT ")
          .append(DefinitionSql.member(catalog, "o"));
      union = " UNION ALL ";
    }
    return sql.append(") AS own, pg_identify_object(own.class, own.oid, 0) AS i")
        // Collations that came with the server's system are in no dump.
        .append(" WHERE i.schema IS DISTINCT FROM 'pg_catalog'")
        .toString();
  }
}
