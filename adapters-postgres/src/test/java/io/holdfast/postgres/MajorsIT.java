package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fingerprints are taken and compared on servers of other majors than the host's own. */
class MajorsIT {

  private static final ArtifactId APP = ArtifactId.database("main", "app");

  @TempDir(factory = WorldReadable.class)
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {14, 16, 17, 18})
  void aDatabaseWithEverythingIsEqualToItselfAndEachChangeIsNamed(int major) throws Exception {
    try (PrivateCluster server = PrivateCluster.start(OtherMajor.programs(major, folder))) {
      server.sql("postgres", "CREATE ROLE postgres_too", "CREATE DATABASE app TEMPLATE template0");
      for (String script : List.of("/everything.sql", "/odd-values.sql")) {
        server.script("app", resource(script));
      }
      GlobalsFingerprint roles = roles(server);
      DatabaseFingerprint source = fingerprint(server, Optional.empty());
      DatabaseFingerprint former =
          withoutProperties(
              fingerprint(server, Optional.of(new FingerprintMethod(RowDigest.MD5, 1, major))));
      assertThat(former.method()).isEqualTo("rows-md5sum-1 postgresql-" + major);
      assertThat(source.method()).isEqualTo("rows-hash64sum-1 definitions-2 postgresql-" + major);
      assertThat(source.largeObjectCount()).isEqualTo(4);
      assertThat(differences(server, ArtifactId.globals("main"), roles)).isEmpty();
      assertThat(differences(server, APP, source)).isEmpty();
      assertThat(differences(server, APP, former)).isEmpty();

      server.sql(
          "app",
          "UPDATE app.\"Odd Values\" SET d = 0 WHERE d = -0",
          "ALTER TABLE app.dropped_column ALTER b TYPE bigint",
          "ALTER TABLE app.animal ALTER legs SET DEFAULT 3",
          "DROP INDEX app.status_some",
          "ALTER TABLE app.scratch OWNER TO hf_owner",
          "DROP TRIGGER \"stamp it\" ON app.person",
          "DROP POLICY \"all\" ON app.person",
          "ALTER VIEW app.happy OWNER TO hf_reader",
          "ALTER FOREIGN TABLE app.far OPTIONS (SET path '/var')",
          "ALTER SERVER nowhere OPTIONS (ADD port '1')",
          "DROP USER MAPPING FOR hf_reader SERVER nowhere",
          major < 15
              ? "ALTER PUBLICATION some_tables DROP TABLE app.animal"
              : "ALTER PUBLICATION some_tables SET TABLE app.animal WHERE (legs > 2),"
                  + " TABLES IN SCHEMA \"odd schema\"",
          "ALTER DATABASE app OWNER TO postgres_too",
          "ALTER DATABASE app CONNECTION LIMIT 18",
          "REVOKE ALL ON DATABASE app FROM database, \"hf odd \"\"role\"\"\"",
          "ALTER DATABASE app SET work_mem = '6MB'",
          major < 16
              ? "ALTER ROLE hf_writer CREATEDB"
              : "GRANT hf_group TO hf_writer WITH INHERIT TRUE",
          "ALTER ROLE hf_reader CREATEDB");

      assertThat(differences(server, APP, source))
          .containsExactlyInAnyOrder(
              "table app.\"Odd Values\" has other rows",
              "table app.dropped_column is defined otherwise",
              "table app.animal is defined otherwise",
              "table app.bird is defined otherwise",
              "table app.status_list is defined otherwise",
              "table app.scratch is defined otherwise",
              "table app.person is defined otherwise",
              "schema: views their definitions differ",
              "schema: foreign tables their definitions differ",
              "schema: foreign servers their definitions differ",
              "schema: user mappings is missing",
              "schema: publications their definitions differ",
              "schema: settings their definitions differ",
              "owner of the database: hf_owner, now postgres_too",
              "connection limit of the database: 17, now 18",
              "grants of the database: \"hf odd \"\"role\"\"\"=CREATE*,database=CONNECT,hf_owner=CONNECT,hf_owner=CREATE,"
                  + "hf_owner=TEMPORARY,hf_reader=CONNECT,hf_reader=TEMPORARY,"
                  + " now hf_reader=CONNECT,hf_reader=TEMPORARY,postgres_too=CONNECT,"
                  + "postgres_too=CREATE,postgres_too=TEMPORARY");
      assertThat(differences(server, APP, former))
          .contains(
              "schema: views their definitions differ", "table app.scratch is defined otherwise")
          .noneMatch(told -> told.contains("foreign") || told.contains("mappings"))
          .noneMatch(told -> told.contains(" of the database"));
      assertThat(differences(server, ArtifactId.globals("main"), roles))
          .containsExactly(
              "role hf_reader has other attributes, memberships or settings",
              major < 16
                  ? "role hf_writer has other attributes, memberships or settings"
                  : "role hf_writer was a member with hf_group: SET;"
                      + " is with hf_group: INHERIT, SET");
    }
  }

  private static DatabaseFingerprint fingerprint(
      PrivateCluster server, Optional<FingerprintMethod> method) {
    try (Session session = server.open("app")) {
      session.beginSnapshot();
      DatabaseFingerprinter fingerprinter =
          method
              .map(known -> DatabaseFingerprinter.in(session, known))
              .orElseGet(() -> DatabaseFingerprinter.in(session));
      return fingerprinter.take(table -> 1, true, fingerprinter.sequences());
    }
  }

  /** As versions made it that did not look at the database itself. */
  private static DatabaseFingerprint withoutProperties(DatabaseFingerprint taken) {
    return new DatabaseFingerprint(
        taken.method(),
        taken.tables(),
        taken.sequences(),
        taken.largeObjects(),
        taken.largeObjectCount(),
        taken.schema(),
        new TreeMap<>(),
        taken.took());
  }

  private static GlobalsFingerprint roles(PrivateCluster server) {
    try (Session session = server.open("postgres")) {
      return RoleFingerprinter.take(session);
    }
  }

  private static List<String> differences(
      PrivateCluster server, ArtifactId id, Fingerprint expected) throws IOException {
    Lab lab = new Lab(server);
    Proof proof =
        lab.cluster.proof().compare(id, "app", expected, Optional.empty(), lab.cancellation);
    return proof.differences().stream().map(Difference::describe).toList();
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(MajorsIT.class.getResource(name)).toURI());
  }
}
