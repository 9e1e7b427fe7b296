package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * The queries that tell what a database is made of, each definition as a line that a dump and a
 * restore do not change. What they do change is left out: object ids, the grantors of rights, the
 * order of inherited columns, tablespaces, the versions of extensions, and how an expression puts
 * its casts and parentheses, which the server writes anew when it reads its own text.
 */
final class DefinitionSql {

  private static final String CASTS =
      "::(\"[^\"]+\"|[[:alpha:]_][[:alnum:]_$]*)([.](\"[^\"]+\"|[[:alpha:]_][[:alnum:]_$]*))*"
          + "( varying| precision){0,1}([(][0-9]+(,[0-9]+)*[)]){0,1}"
          + "( with(out){0,1} time zone){0,1}([[][]])*";

  private static final String OWN_SCHEMA =
      "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

  private DefinitionSql() {}

  /** Name, columns, key columns, an extension's condition and bytes of each table with rows. */
  static String tables() {
    return """
        SELECT NAME,
               ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        AND a.attgenerated <> 'v'
                      ORDER BY a.attname COLLATE "C"),
               ARRAY(SELECT quote_ident(a.attname)
                       FROM pg_index i JOIN pg_attribute a
                         ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                      WHERE i.indrelid = c.oid AND i.indisprimary
                      ORDER BY a.attname COLLATE "C"),
               coalesce(e.condition, ''), pg_table_size(c.oid)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               LEFT JOIN (CONFIGURED) e ON e.oid = c.oid
         WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND OWN_SCHEMA
           AND (e.oid IS NOT NULL OR NOT MEMBER)
         ORDER BY (NAME) COLLATE "C"
        """
        .replace("NAME", name("c"))
        .replace("CONFIGURED", configured())
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", member("pg_class", "c"));
  }

  /** The name and the kind of persistence of each sequence of the database's own. */
  static String sequences() {
    return """
        SELECT NAME FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               LEFT JOIN (CONFIGURED) e ON e.oid = c.oid
         WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND OWN_SCHEMA
           AND (e.oid IS NOT NULL OR NOT MEMBER)
         ORDER BY (NAME) COLLATE "C"
        """
        .replace("NAME", name("c"))
        .replace("CONFIGURED", configured())
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", member("pg_class", "c"));
  }

  /**
   * The name of each table, and the kind of each other relation, with a digest of its definition.
   */
  static String relations(FingerprintMethod method) {
    List<String> kinds =
        new ArrayList<>(
            List.of(
                relationLines(),
                columnLines(method.major()),
                constraintLines(),
                indexLines(),
                triggerLines(),
                policyLines(),
                sequenceLines()));
    if (method.describesForeignData()) {
      kinds.add(ForeignDefinitions.ofTables());
    }
    String lines = String.join("\n UNION ALL ", kinds);
    return """
        WITH rel AS (
          SELECT c.*, NAME AS name, %s AS grants
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't'
             AND OWN_SCHEMA AND NOT MEMBER),
        line(oid, text) AS (
          %s)
        SELECT CASE rel.relkind WHEN 'r' THEN rel.name ELSE '' END,
               CASE rel.relkind WHEN 'r' THEN '' WHEN 'p' THEN 'partitioned tables'
                    WHEN 'v' THEN 'views' WHEN 'm' THEN 'materialized views'
                    WHEN 'f' THEN 'foreign tables' WHEN 'S' THEN 'sequences'
                    ELSE 'composite types' END,
               %s
          FROM rel JOIN line USING (oid)
         GROUP BY 1, 2
        """
        .formatted(
            acl(
                "c.relacl",
                "CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\"",
                "c.relowner"),
            lines,
            digest("rel.name || ' ' || line.text"))
        .replace("NAME", name("c"))
        .replace("OWN_SCHEMA", OWN_SCHEMA)
        .replace("MEMBER", member("pg_class", "c"));
  }

  private static String relationLines() {
    return """
        SELECT rel.oid, ROW('relation', rel.relkind, rel.relpersistence,
                 pg_get_userbyid(rel.relowner), rel.relrowsecurity, rel.relforcerowsecurity,
                 rel.relreplident, (SELECT amname FROM pg_am WHERE oid = rel.relam), rel.grants,
                 ARRAY(SELECT o FROM unnest(rel.reloptions) AS o ORDER BY o COLLATE "C"),
                 ARRAY(SELECT o FROM pg_class t, unnest(t.reloptions) AS o
                        WHERE t.oid = rel.reltoastrelid ORDER BY o COLLATE "C"),
                 CASE WHEN rel.reloftype <> 0 THEN rel.reloftype::regtype END,
                 ARRAY(SELECT inhparent::regclass::text COLLATE "C" FROM pg_inherits
                        WHERE inhrelid = rel.oid ORDER BY 1),
                 BOUND, CASE rel.relkind WHEN 'p' THEN PARTKEY END,
                 CASE WHEN rel.relkind IN ('v', 'm') THEN VIEW END,
                 obj_description(rel.oid, 'pg_class'))::text
          FROM rel
        UNION ALL
        SELECT r.ev_class, ROW('rule', RULE, r.ev_enabled,
                 obj_description(r.oid, 'pg_rewrite'))::text
          FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        """
        .replace("BOUND", plain("pg_get_expr(rel.relpartbound, rel.oid)"))
        .replace("PARTKEY", plain("pg_get_partkeydef(rel.oid)"))
        .replace("VIEW", plain("pg_get_viewdef(rel.oid)"))
        .replace("RULE", plain("pg_get_ruledef(r.oid)"));
  }

  /**
   * Of a column's options those that a user can set: some servers keep notes of their own there.
   */
  private static String columnLines(int major) {
    return """
        SELECT a.attrelid, ROW('column', a.attname,
                 CASE WHEN NOT EXISTS (SELECT FROM pg_inherits i
                                        WHERE i.inhrelid = rel.oid AND NOT rel.relispartition)
                      THEN (SELECT count(*) FROM pg_attribute b WHERE b.attrelid = a.attrelid
                               AND b.attnum > 0 AND b.attnum < a.attnum AND NOT b.attisdropped) END,
                 format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                 CASE WHEN rel.relkind IN ('r', 'p')
                      THEN ROW(a.attstorage, a.attstattarget,
                               ARRAY(SELECT o FROM unnest(a.attoptions) AS o
                                      WHERE starts_with(o, 'n_distinct')
                                      ORDER BY o COLLATE "C")%s) END,
                 DEFAULT_TEXT, (SELECT o.collname FROM pg_collation o WHERE o.oid = a.attcollation),
                 GRANTS, col_description(a.attrelid, a.attnum))::text
          FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid
               LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attnum > 0 AND NOT a.attisdropped AND rel.relkind <> 'S'
        """
        .formatted(major >= 14 ? ", a.attcompression" : "")
        .replace("DEFAULT_TEXT", plain("pg_get_expr(d.adbin, d.adrelid)"))
        .replace("GRANTS", aclOf("a.attacl"));
  }

  /** Not-null constraints are told with their column; foreign keys' copies by their parent. */
  private static String constraintLines() {
    return """
        SELECT k.conrelid, ROW('constraint', k.conname, TEXT,
                 obj_description(k.oid, 'pg_constraint'))::text
          FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid
         WHERE k.contype NOT IN ('n', 't') AND NOT (k.contype = 'f' AND k.conparentid <> 0)
        """
        .replace("TEXT", plain("pg_get_constraintdef(k.oid)"));
  }

  /** A broken index is in no dump. */
  private static String indexLines() {
    return """
        SELECT i.indrelid, ROW('index', TEXT, i.indisclustered, i.indisreplident,
                 obj_description(i.indexrelid, 'pg_class'))::text
          FROM pg_index i JOIN rel ON rel.oid = i.indrelid
         WHERE i.indisready AND (i.indisvalid OR rel.relkind = 'p')
        """
        .replace("TEXT", plain("pg_get_indexdef(i.indexrelid)"));
  }

  private static String triggerLines() {
    return """
        SELECT g.tgrelid, ROW('trigger', TEXT, g.tgenabled,
                 obj_description(g.oid, 'pg_trigger'))::text
          FROM pg_trigger g JOIN rel ON rel.oid = g.tgrelid WHERE NOT g.tgisinternal
        """
        .replace("TEXT", plain("pg_get_triggerdef(g.oid)"));
  }

  private static String policyLines() {
    return """
        SELECT p.polrelid, ROW('policy', p.polname, p.polcmd, p.polpermissive,
                 ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r) END COLLATE "C"
                         FROM unnest(p.polroles) AS r ORDER BY 1),
                 QUAL, CHECKED, obj_description(p.oid, 'pg_policy'))::text
          FROM pg_policy p JOIN rel ON rel.oid = p.polrelid
        """
        .replace("QUAL", plain("pg_get_expr(p.polqual, p.polrelid)"))
        .replace("CHECKED", plain("pg_get_expr(p.polwithcheck, p.polrelid)"));
  }

  private static String sequenceLines() {
    return """
        SELECT s.seqrelid, ROW('sequence', s.seqtypid::regtype, s.seqstart, s.seqincrement,
                 s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
                 (SELECT ROW(d.deptype, d.refobjid::regclass, a.attname)
                    FROM pg_depend d JOIN pg_attribute a
                      ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
                     AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))::text
          FROM pg_sequence s JOIN rel ON rel.oid = s.seqrelid
        """;
  }

  /** The kind of everything that is no relation, with a digest of all definitions of the kind. */
  static String objects(FingerprintMethod method) {
    return "SELECT kind, "
        + digest("text")
        + " FROM ("
        + DefinitionLines.all(method)
        + ") AS line(kind, text) GROUP BY kind";
  }

  /** Schema and name as SQL spells them. */
  private static String name(String relation) {
    return "quote_ident(n.nspname) || '.' || quote_ident(" + relation + ".relname)";
  }

  /** True for what an extension brings, in SQL. */
  static String member(String catalog, String alias) {
    return "EXISTS (SELECT FROM pg_depend d WHERE d.classid = '"
        + catalog
        + "'::regclass AND d.objid = "
        + alias
        + ".oid AND d.deptype = 'e')";
  }

  /** The tables and sequences of extensions whose content is the user's. */
  private static String configured() {
    return "SELECT u.oid, u.condition FROM pg_extension x,"
        + " unnest(x.extconfig, x.extcondition) AS u(oid, condition)";
  }

  /** The rights on something, whoever granted them, in SQL. */
  static String acl(String acl, String kind, String owner) {
    return aclOf("coalesce(" + acl + ", acldefault(" + kind + ", " + owner + "))");
  }

  static String aclOf(String acl) {
    return "(SELECT string_agg(DISTINCT (CASE g.grantee WHEN 0 THEN 'PUBLIC'"
        + " ELSE quote_ident(pg_get_userbyid(g.grantee)) END || '=' || g.privilege_type"
        + " || CASE WHEN g.is_grantable THEN '*' ELSE '' END) COLLATE \"C\", ',')"
        + " FROM aclexplode("
        + acl
        + ") AS g)";
  }

  /** An expression's text without casts, parentheses and line breaks, in SQL. */
  static String plain(String expression) {
    return "regexp_replace(regexp_replace(regexp_replace("
        + expression
        + ", '"
        + CASTS
        + "', '', 'g'), '[()]', '', 'g'), '[[:space:]]+', ' ', 'g')";
  }

  private static String digest(String text) {
    return "left(encode(sha256(convert_to(string_agg("
        + text
        + ", E'\\n' ORDER BY "
        + text
        + " COLLATE \"C\"), 'UTF8')), 'hex'), 32)";
  }
}
