package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the fingerprint of a database by SQL alone: no row leaves the server. What is read are the
 * tables whose rows a dump has, one after another, and the definitions of everything.
 */
final class DatabaseFingerprinter {

  /** Below it, columns are described otherwise, and floating point numbers are not written out. */
  static final int OLDEST_MAJOR = 12;

  /** Their locks and those of their indexes are let go together, since that costs a round trip. */
  private static final int LOCKED_AT_A_TIME = 16;

  /** What a role, a database or a server may set and what would change a text. */
  private static final String SETTINGS =
      """
      SET LOCAL search_path = pg_catalog;
      SET LOCAL DateStyle = 'ISO, YMD';
      SET LOCAL IntervalStyle = postgres;
      SET LOCAL TimeZone = 'UTC';
      SET LOCAL extra_float_digits = 3;
      SET LOCAL bytea_output = hex;
      SET LOCAL xmlbinary = base64;
      SET LOCAL lc_monetary = 'C';
      SET LOCAL row_security = off;
      SET LOCAL quote_all_identifiers = off;
      SET LOCAL standard_conforming_strings = on;
      SET LOCAL lock_timeout = %d;
      SET LOCAL jit = off;
      SET LOCAL max_parallel_workers_per_gather = 0
      """
          .formatted(DatabaseExport.LOCK_WAIT_MILLIS);

  private final Session session;
  private final FingerprintMethod method;

  private DatabaseFingerprinter(Session session, FingerprintMethod method) {
    this.session = session;
    this.method = method;
  }

  /** How closely one table is read; a share of none counts its rows alone. */
  @FunctionalInterface
  interface Shares {
    long of(OwnTable table);
  }

  /** Within a transaction: prepares it for a fingerprint by the best method of the server. */
  static DatabaseFingerprinter in(Session session) {
    session.execute("prepare for a fingerprint", SETTINGS);
    RowDigest rows = RowDigest.fitFor(session);
    return new DatabaseFingerprinter(session, FingerprintMethod.newest(rows, majorOf(session)));
  }

  /** Within a transaction: prepares it for a fingerprint that another one is compared to. */
  static DatabaseFingerprinter in(Session session, FingerprintMethod other) {
    session.execute("prepare for a fingerprint", SETTINGS);
    return new DatabaseFingerprinter(session, other.on(majorOf(session)));
  }

  private static int majorOf(Session session) {
    int major = ServerFacts.version(session).major();
    if (major < OLDEST_MAJOR) {
      throw new SourceFailure(FailureKind.SOURCE, tooOld(major), "");
    }
    return major;
  }

  static String tooOld(int major) {
    return "the server is PostgreSQL "
        + major
        + ", and fingerprints are taken of "
        + OLDEST_MAJOR
        + " and later.";
  }

  /** Where sequences stand now. */
  SortedMap<String, String> sequences() {
    return SequenceStates.read(session);
  }

  /**
   * Reads all of it.
   *
   * @param shares of how many of a table's rows one is read
   * @param largeObjects whether their content is read
   * @param sequences where they stand
   */
  DatabaseFingerprint take(
      Shares shares, boolean largeObjects, SortedMap<String, String> sequences) {
    long began = System.nanoTime();
    Map<String, String> structures = new HashMap<>();
    SortedMap<String, String> schema = new TreeMap<>();
    for (Digest digest : definitions()) {
      if (digest.kind().isEmpty()) {
        structures.put(digest.table(), digest.digest());
      } else {
        schema.put(digest.kind(), digest.digest());
      }
    }
    List<TableFingerprint> tables = tables(shares, structures);
    long count = LargeObjectDigest.count(session);
    String content =
        largeObjects && count > 0 ? LargeObjectDigest.content(session, method.rows()) : "";
    return new DatabaseFingerprint(
        method.text(),
        tables,
        sequences,
        content,
        count,
        schema,
        DatabaseProperties.read(session, method.major()),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private List<Digest> definitions() {
    String doing = "read the definitions of '" + session.database() + "'";
    return session.aside(
        doing,
        () -> {
          List<Digest> digests =
              session.query(
                  doing,
                  DefinitionSql.relations(method),
                  row -> new Digest(row.getString(2), row.getString(1), row.getString(3)));
          digests.addAll(
              session.query(
                  doing,
                  DefinitionSql.objects(method),
                  row -> new Digest(row.getString(1), "", row.getString(2))));
          return digests;
        });
  }

  private List<TableFingerprint> tables(Shares shares, Map<String, String> structures) {
    List<OwnTable> all = OwnTable.all(session);
    List<TableFingerprint> tables = new ArrayList<>();
    for (int from = 0; from < all.size(); from += LOCKED_AT_A_TIME) {
      List<OwnTable> some = all.subList(from, Math.min(all.size(), from + LOCKED_AT_A_TIME));
      session.aside(
          "read the tables of '" + session.database() + "'",
          () -> {
            for (OwnTable table : some) {
              String structure = structures.getOrDefault(table.name(), "");
              tables.add(read(table, shares.of(table), structure));
            }
            return tables;
          });
    }
    return tables;
  }

  private TableFingerprint read(OwnTable table, long share, String structure) {
    boolean counted = share < 1;
    String sql = counted ? table.countQuery() : table.contentQuery(method.rows(), share);
    return session
        .first(
            "read table " + table.name(),
            sql,
            row ->
                new TableFingerprint(
                    table.name(),
                    row.getLong(1),
                    counted ? "" : row.getString(2),
                    Math.max(1, share),
                    structure))
        .orElseThrow();
  }

  /** A digest of definitions: a table's, or those of a kind. */
  private record Digest(String kind, String table, String digest) {}
}
