package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fingerprint is equal after dump and restore, and names everything that is changed. */
class FingerprintIT {

  private static final ArtifactId APP = ArtifactId.database("main", "app");

  private final PrivateCluster server = PrivateCluster.start();
  private final Lab lab = new Lab(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everythingOddIsEqualAfterARestoreAndEachChangeIsNamed() throws Exception {
    create("app", "ENCODING 'UTF8' LOCALE 'de_DE.utf8'");
    Lab.Exported dump = lab.exportFixed(APP);
    Lab.Exported globals = lab.exportFixed(ArtifactId.globals("main"));
    assertThat(dump.report().warnings()).isEmpty();
    DatabaseFingerprint source = databaseOf(dump.report());
    server.sql("postgres", "DROP DATABASE app");

    assertThat(lab.restore(lab.item("app", "copy", dump.content(), Optional.empty(), false)))
        .isEmpty();

    Proof proof = prove("copy", source);
    assertThat(proof.differences()).isEmpty();
    assertThat(proof.compared()).contains(" tables, ", " rows, ", " sequences, 4 large objects");
    assertThat(source.schema().keySet())
        .contains("views", "functions", "enums", "domains", "extensions", "event triggers");

    Fingerprint roles = globals.report().fingerprint().orElseThrow();
    assertThat(prove(ArtifactId.globals("main"), "", roles).differences()).isEmpty();
    changed("ALTER ROLE hf_reader SET work_mem = '9MB'");
    changed("REVOKE hf_group FROM hf_owner");
    server.sql("postgres", "ALTER ROLE hf_writer RENAME TO hf_other");
    assertThat(prove(ArtifactId.globals("main"), "", roles).differences())
        .extracting(Difference::describe)
        .containsExactly(
            "role hf_owner has other attributes, memberships or settings",
            "role hf_reader has other attributes, memberships or settings",
            "role hf_writer is missing");
    server.sql("postgres", "ALTER ROLE hf_other RENAME TO hf_writer");

    changed("UPDATE app.\"Odd Values\" SET d = 0 WHERE d = -0");
    changed("DELETE FROM app.person WHERE id = 105");
    changed("ALTER TABLE app.status_list DROP CONSTRAINT status_list_code_check");
    changed("DROP TABLE app.refers");
    changed("CREATE TABLE app.surplus ()");
    changed("SELECT setval('app.ticket', 43)");
    changed("SELECT lo_put(424244, 1500000, 'x')");
    changed("ALTER VIEW app.happy OWNER TO hf_reader");
    changed("GRANT SELECT ON app.animal TO hf_writer");
    changed("ALTER TYPE app.mood ADD VALUE 'new'");
    changed("ALTER EVENT TRIGGER watch_ddl ENABLE");
    changed(
        "CREATE OR REPLACE FUNCTION app.near(integer, integer) RETURNS boolean LANGUAGE sql"
            + " AS 'SELECT abs($1 - $2) < 4'");
    changed("ALTER DATABASE copy SET work_mem = '6MB'");
    changed("ALTER DATABASE copy CONNECTION LIMIT 5");

    assertThat(prove("copy", source).differences())
        .extracting(Difference::describe)
        .containsExactlyInAnyOrder(
            "table app.\"Odd Values\" has other rows",
            "table app.person had 200 rows, has 199",
            "table app.person_note had 1 rows, has 0",
            "table app.status_list is defined otherwise",
            "table app.refers is missing",
            "table app.surplus was not there before",
            "table app.animal is defined otherwise",
            "sequence app.ticket was at 40,true, is at 43,true",
            "large objects their content differs",
            "schema: views their definitions differ",
            "schema: enums their definitions differ",
            "schema: event triggers their definitions differ",
            "schema: functions their definitions differ",
            "schema: settings their definitions differ",
            "connection limit of the database: 17, now 5");
  }

  @Test
  void aDatabaseInLatin1IsEqualToo() throws Exception {
    create("app", "ENCODING 'LATIN1' LOCALE 'C'");
    Lab.Exported dump = lab.exportFixed(APP);

    assertThat(lab.restore(lab.item("app", "app", dump.content(), Optional.empty(), true)))
        .isEmpty();

    assertThat(prove("app", databaseOf(dump.report())).differences()).isEmpty();
  }

  @Test
  void ofALargeTableAPartOfTheRowsIsReadAndOfASmallOneAll() throws Exception {
    Lab sampling = lab(FingerprintDepth.FULL, 100_000);
    server.sql("postgres", "CREATE DATABASE app");
    server.sql(
        "app",
        "CREATE TABLE large AS SELECT i AS id, repeat('x', 100) AS t FROM generate_series(1, 20000) i",
        "ALTER TABLE large ADD PRIMARY KEY (id)",
        "CREATE TABLE keyless AS SELECT * FROM large",
        "CREATE TABLE small AS SELECT 1 AS i");
    Lab.Exported dump = sampling.exportFixed(APP);
    DatabaseFingerprint source = databaseOf(dump.report());
    assertThat(source.tables())
        .extracting(TableFingerprint::name, TableFingerprint::rows, TableFingerprint::share)
        .containsExactly(
            tuple("public.keyless", 20_000L, 256L),
            tuple("public.large", 20_000L, 256L),
            tuple("public.small", 1L, 1L));

    lab.restore(lab.item("app", "app", dump.content(), Optional.empty(), true));

    Proof same = prove("app", source);
    assertThat(same.differences()).isEmpty();
    assertThat(same.compared()).contains("a sample of those of 2 large ones");
    server.sql("app", "UPDATE large SET t = 'y'", "DELETE FROM keyless WHERE id = 7");
    assertThat(prove("app", source).differences())
        .extracting(Difference::describe)
        .containsExactly(
            "table public.keyless had 20000 rows, has 19999", "table public.large has other rows");
  }

  @Test
  void countsReadNoRowAndNoneTakesNoFingerprint() {
    server.sql("postgres", "CREATE DATABASE app");
    server.sql("app", "CREATE TABLE t AS SELECT generate_series(1, 7) AS i");

    DatabaseFingerprint counted =
        databaseOf(lab(FingerprintDepth.COUNTS, 1).exportFixed(APP).report());
    assertThat(lab(FingerprintDepth.NONE, 1).exportFixed(APP).report().fingerprint()).isEmpty();

    assertThat(counted.tables()).hasSize(1);
    assertThat(counted.tables().get(0).rows()).isEqualTo(7);
    assertThat(counted.tables().get(0).content()).isEmpty();
    server.sql("app", "UPDATE t SET i = 0");
    Proof proof = prove("app", counted);
    assertThat(proof.differences()).isEmpty();
    assertThat(proof.compared()).contains("7 rows by their number alone");
    server.sql("app", "DELETE FROM t");
    assertThat(prove("app", counted).differences())
        .extracting(Difference::describe)
        .containsExactly("table public.t had 7 rows, has 0");
  }

  @Test
  void aServerWithoutAHashIsReadByAnotherAndOneWithoutAnyCostsNoDump() {
    server.sql(
        "postgres",
        "CREATE ROLE plain LOGIN PASSWORD '" + PrivateCluster.PASSWORD + "'",
        "CREATE DATABASE app OWNER plain");
    server.sql(
        "app",
        "CREATE TABLE t AS SELECT generate_series(1, 7) AS i",
        "ALTER TABLE t OWNER TO plain");
    Lab plain = lab(new FingerprintSettings(FingerprintDepth.FULL, 1 << 20), "plain");
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("rows-hash64sum-1", "hashtextextended(text, bigint)");
    hashes.put("rows-md5sum-1", "md5(text)");
    List<DatabaseFingerprint> sources = new ArrayList<>();
    hashes.forEach(
        (method, function) -> {
          DatabaseFingerprint source = databaseOf(plain.exportFixed(APP).report());
          assertThat(source.method()).startsWith(method + " definitions-2 postgresql-");
          assertThat(prove("app", source).differences()).isEmpty();
          sources.add(source);
          server.sql("app", "REVOKE EXECUTE ON FUNCTION pg_catalog." + function + " FROM PUBLIC");
        });

    DatabaseFingerprint source = databaseOf(plain.exportFixed(APP).report());
    assertThat(source.method()).startsWith("rows-sha256sum-1 definitions-2 postgresql-");
    assertThat(prove("app", source).differences()).isEmpty();
    server.sql("app", "UPDATE t SET i = -i WHERE i = 7");
    sources.add(source);
    assertThat(sources)
        .allSatisfy(
            former ->
                assertThat(prove("app", former).differences())
                    .extracting(Difference::describe)
                    .containsExactly("table public.t has other rows"));
    server.sql("app", "UPDATE t SET i = -i WHERE i = -7");

    server.sql("app", "REVOKE EXECUTE ON FUNCTION pg_catalog.sha256(bytea) FROM PUBLIC");
    Lab.Exported dump = plain.exportFixed(APP);
    assertThat(dump.report().fingerprint()).isEmpty();
    assertThat(dump.report().warnings())
        .singleElement()
        .asString()
        .contains("no fingerprint was taken of database 'app'", "permission denied", "sha256");
    assertThat(dump.report().entries()).isPositive();
  }

  @Test
  void aDatabaseWhoseSchemaPublicWasDroppedComesBackWithoutOne() throws Exception {
    server.sql("postgres", "CREATE DATABASE app");
    server.sql("app", "DROP SCHEMA public", "CREATE SCHEMA own", "CREATE TABLE own.t ()");
    for (Lab.Exported dump : List.of(lab.exportFixed(APP), lab.export(APP))) {
      RestoreItem item =
          new RestoreItem(
              APP, "copy", dump.content(), Optional.empty(), dump.report().origin(), true);
      assertThat(lab.restore(item)).isEmpty();

      assertThat(server.names("copy", "SELECT nspname FROM pg_namespace WHERE nspname = 'public'"))
          .isEmpty();
    }
    assertThat(prove("copy", databaseOf(lab.exportFixed(APP).report())).differences()).isEmpty();
  }

  @Test
  void readingKeepsNoLocksOfIndexesSequencesAndViews() {
    server.sql("postgres", "CREATE DATABASE app");
    server.sql(
        "app",
        "DO $$ BEGIN FOR i IN 1..120 LOOP EXECUTE format("
            + "'CREATE TABLE t%1$s (id serial PRIMARY KEY, a text, b text);"
            + " CREATE INDEX ON t%1$s (a); CREATE INDEX ON t%1$s (b);"
            + " CREATE VIEW v%1$s AS SELECT a FROM t%1$s', i); COMMIT; END LOOP; END $$");
    List<Long> meanwhile = new ArrayList<>();
    try (Session session = server.open("app")) {
      session.beginSnapshot();
      session.execute("lock a table as a dump does", "LOCK TABLE ONLY t1 IN ACCESS SHARE MODE");
      DatabaseFingerprinter fingerprinter = DatabaseFingerprinter.in(session);

      DatabaseFingerprint taken =
          fingerprinter.take(
              table -> {
                meanwhile.add(locks(session));
                return 1;
              },
              true,
              fingerprinter.sequences());

      assertThat(taken.tables()).hasSize(120);
      assertThat(meanwhile).allSatisfy(held -> assertThat(held).isLessThan(100));
      assertThat(locks(session)).isEqualTo(1);
    }
  }

  private static long locks(Session session) {
    return session
        .first(
            "count the locks",
            "SELECT count(*) FROM pg_locks JOIN pg_class c ON c.oid = relation"
                + " WHERE pid = pg_backend_pid() AND c.oid >= 16384",
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Test
  void theDocumentedStatementsGiveTheSameDigestByHand() throws IOException {
    server.sql("postgres", "CREATE DATABASE app", "ALTER DATABASE app SET DateStyle = 'German'");
    server.sql(
        "app",
        "CREATE TABLE orders (\"Odd \"\" one\" text, id serial PRIMARY KEY, gone integer, at date,"
            + " f float8)",
        "ALTER TABLE orders DROP COLUMN gone",
        "INSERT INTO orders (at, f) VALUES ('2025-10-06', 0.1), (NULL, 'NaN'), ('infinity', -0.0)");
    String page = Files.readString(Path.of("..", "docs", "fingerprints.md"));
    Path script = Files.createTempFile("holdfast-fingerprint", ".sql");
    int from = page.indexOf("    BEGIN ISOLATION LEVEL");
    String end = "    COMMIT;";
    Files.writeString(script, page.substring(from, page.indexOf(end) + end.length()));

    String said =
        server.client("psql", "app", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", script.toString());
    Files.delete(script);

    TableFingerprint orders = databaseOf(lab.exportFixed(APP).report()).tables().get(0);
    assertThat(said.strip()).isEqualTo(orders.rows() + "|" + orders.content());
    assertThat(orders.rows()).isEqualTo(3);
  }

  private void changed(String sql) {
    server.sql("copy", sql);
  }

  private Lab lab(FingerprintDepth depth, long sampleAbove) {
    return lab(new FingerprintSettings(depth, sampleAbove), PrivateCluster.SUPERUSER);
  }

  private Lab lab(FingerprintSettings fingerprint, String user) {
    ClusterSettings plain = server.settings();
    ClusterSettings settings =
        new ClusterSettings(
            plain.name(),
            plain.host(),
            plain.port(),
            Optional.of(user),
            plain.password(),
            plain.maintenanceDatabase(),
            plain.include(),
            plain.exclude(),
            plain.globals(),
            plain.compression(),
            plain.restoreJobs(),
            fingerprint);
    return new Lab(server, settings, new ProcessRunner());
  }

  private Proof prove(String database, DatabaseFingerprint expected) {
    return prove(APP, database, expected);
  }

  private Proof prove(ArtifactId id, String restoredAs, Fingerprint expected) {
    try {
      return lab.cluster
          .proof()
          .compare(id, restoredAs, expected, Optional.empty(), lab.cancellation);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DatabaseFingerprint databaseOf(ExportReport report) {
    assertThat(report.warnings()).isEmpty();
    return (DatabaseFingerprint) report.fingerprint().orElseThrow();
  }

  private void create(String name, String options) throws URISyntaxException {
    server.sql(
        "postgres",
        "CREATE DATABASE " + Quoting.identifier(name) + " TEMPLATE template0 " + options);
    for (String script : List.of("/everything.sql", "/odd-values.sql")) {
      server.script(
          name, Path.of(Objects.requireNonNull(FingerprintIT.class.getResource(script)).toURI()));
    }
  }
}
