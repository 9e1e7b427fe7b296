package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings restored tables from a scratch database into a new schema of the present one: there they
 * are moved into a schema of that name, which is then dumped and loaded in one stream and one
 * transaction. The tables that are present are never touched.
 */
final class SideSchema {

  /** A partition without its partitioned table, and one that inherits without its parent. */
  private static final String PARENTS =
      "SELECT pn.nspname, p.relname, c.relispartition FROM pg_catalog.pg_inherits i"
          + " JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
          + " JOIN pg_catalog.pg_class p ON p.oid = i.inhparent"
          + " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace"
          + " WHERE i.inhrelid = ?::regclass";

  /** In the present database they would lock tables that are present, and watch them. */
  private static final String OUTGOING_KEYS =
      "SELECT k.conrelid::regclass || ' DROP CONSTRAINT ' || pg_catalog.quote_ident(k.conname)"
          + " FROM pg_catalog.pg_constraint k"
          + " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_class r ON r.oid = k.confrelid"
          + " WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname = ?"
          + " AND r.relnamespace <> c.relnamespace";

  private final Connections connections;
  private final DumpTools tools;

  SideSchema(Connections connections, DumpTools tools) {
    this.connections = connections;
    this.tools = tools;
  }

  /**
   * Brings them.
   *
   * @param scratch the database that they were restored to
   * @param database the present one
   */
  void bring(
      Set<DumpedTable> tables,
      String schema,
      String scratch,
      String database,
      Cancellation cancellation)
      throws IOException {
    try (Session session = connections.open(scratch, cancellation)) {
      session.inTransaction("move the tables", () -> move(session, tables, schema));
    }
    copy(schema, scratch, database, cancellation);
  }

  private static void move(Session session, Set<DumpedTable> tables, String schema) {
    String target = Quoting.identifier(schema);
    session.execute("create schema " + schema, "CREATE SCHEMA " + target);
    Set<DumpedTable> families = TableLoad.families(session, tables);
    for (DumpedTable table : families) {
      detach(session, table, families);
      session.execute(
          "move table " + table.describe(),
          "ALTER TABLE " + table.identifier() + " SET SCHEMA " + target);
    }
    for (String constraint : session.names("look at foreign keys", OUTGOING_KEYS, schema)) {
      session.execute("part the tables from others", "ALTER TABLE " + constraint);
    }
  }

  private static void detach(Session session, DumpedTable table, Set<DumpedTable> moved) {
    List<String> statements =
        session.query(
            "look at the parents of " + table.describe(),
            PARENTS,
            row -> {
              DumpedTable parent = new DumpedTable(row.getString(1), row.getString(2));
              if (moved.contains(parent)) {
                return "";
              }
              return row.getBoolean(3)
                  ? "ALTER TABLE " + parent.identifier() + " DETACH PARTITION " + table.identifier()
                  : "ALTER TABLE " + table.identifier() + " NO INHERIT " + parent.identifier();
            },
            table.identifier());
    for (String statement : statements) {
      if (!statement.isEmpty()) {
        session.execute("part " + table.describe() + " from its parent", statement);
      }
    }
  }

  private void copy(String schema, String scratch, String database, Cancellation cancellation)
      throws IOException {
    List<String> load =
        List.of(
            DumpTools.RESTORE,
            "--no-password",
            "--exit-on-error",
            "--single-transaction",
            "--dbname=" + tools.connectionTo(database, cancellation));
    ContentLoad.UnexpectedErrors errors = new ContentLoad.UnexpectedErrors();
    CommandIo io =
        CommandIo.writing(in -> dump(schema, scratch, in, cancellation)).withStderr(errors);
    CommandResult result = tools.run(load, io, cancellation);
    if (!result.succeeded()) {
      List<String> told = errors.told();
      throw new SourceFailure(
          FailureKind.SOURCE,
          "pg_restore could not load the tables into schema '"
              + schema
              + "' of database '"
              + database
              + "', and nothing is left of them there: "
              + (told.isEmpty() ? ToolErrors.lastLines(result) : String.join(" | ", told)),
          "What they need may be missing there. --as NEW restores them into a database of their"
              + " own, with every type and function.");
    }
  }

  private void dump(String schema, String scratch, OutputStream to, Cancellation cancellation)
      throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(DumpTools.DUMP);
    argv.add("--format=custom");
    argv.add("--compress=0");
    argv.add("--no-password");
    argv.add("--schema=" + Quoting.identifier(schema));
    argv.add("--dbname=" + tools.connectionTo(scratch, cancellation));
    CommandResult result =
        tools.run(argv, CommandIo.reading((InputStream out) -> out.transferTo(to)), cancellation);
    if (!result.succeeded()) {
      throw ToolErrors.failed(DumpTools.DUMP, "read the tables of '" + scratch + "'", result);
    }
  }
}
