package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads a dump's definitions and the rows of some tables. All definitions come along, so that no
 * type and no function is missing; then the rows; then indexes and constraints, of which those that
 * need rows of other tables cannot hold: they are told.
 */
final class TableLoad {

  /** The table itself, its partitions and what inherits from it. */
  private static final String WITH_DESCENDANTS =
      "WITH RECURSIVE family(oid) AS (SELECT ?::regclass::oid UNION SELECT i.inhrelid"
          + " FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = i.inhparent)"
          + " SELECT n.nspname, c.relname FROM family f JOIN pg_catalog.pg_class c USING (oid)"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace";

  /** The sequences that it owns. */
  private static final String SEQUENCES =
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
          + " AND d.deptype IN ('a', 'i') AND d.refobjid = ?::regclass";

  private final Connections connections;
  private final ContentLoad load;

  TableLoad(Connections connections, ContentLoad load) {
    this.connections = connections;
    this.load = load;
  }

  /** Returns what did not hold. */
  List<String> run(
      RestorePlan plan, Set<DumpedTable> tables, String database, Cancellation cancellation)
      throws IOException {
    ArtifactContent content = plan.item().content();
    ContentLoad.Options options = plan.loadOptions();
    load.section(content, database, options, List.of("--section=pre-data"), false, cancellation);
    for (List<String> selection : selections(tables, database, cancellation)) {
      load.section(content, database, options, selection, false, cancellation);
    }
    List<String> warnings = new ArrayList<>();
    load.section(content, database, options, List.of("--section=post-data"), true, cancellation)
        .forEach(error -> warnings.add("without the rows of other tables: " + error));
    return warnings;
  }

  /** pg_restore takes any of the tables in any of the schemas, so each schema goes by itself. */
  private List<List<String>> selections(
      Set<DumpedTable> tables, String database, Cancellation cancellation) {
    Map<String, Set<String>> bySchema = new LinkedHashMap<>();
    try (Session session = connections.open(database, cancellation)) {
      for (DumpedTable table : families(session, tables)) {
        add(bySchema, table);
        query(session, SEQUENCES, table).forEach(sequence -> add(bySchema, sequence));
      }
    }
    List<List<String>> selections = new ArrayList<>();
    bySchema.forEach(
        (schema, names) -> {
          List<String> selection = new ArrayList<>();
          selection.add("--section=data");
          selection.add("--schema=" + schema);
          names.forEach(name -> selection.add("--table=" + name));
          selections.add(selection);
        });
    return selections;
  }

  /** Tables with their partitions and with what inherits from them. */
  static Set<DumpedTable> families(Session session, Set<DumpedTable> tables) {
    Set<DumpedTable> families = new LinkedHashSet<>();
    for (DumpedTable table : tables) {
      families.addAll(query(session, WITH_DESCENDANTS, table));
    }
    return families;
  }

  private static List<DumpedTable> query(Session session, String sql, DumpedTable table) {
    return session.query(
        "look at table " + table.describe(),
        sql,
        row -> new DumpedTable(row.getString(1), row.getString(2)),
        table.identifier());
  }

  private static void add(Map<String, Set<String>> bySchema, DumpedTable table) {
    bySchema.computeIfAbsent(table.schema(), schema -> new LinkedHashSet<>()).add(table.name());
  }
}
