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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fingerprints are taken and compared on servers of other majors than the host's own. */
class MajorsIT {

  @TempDir(factory = WorldReadable.class)
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {14, 16, 17, 18})
  void aDatabaseWithEverythingIsEqualToItselfAndEachChangeIsNamed(int major) throws Exception {
    try (PrivateCluster server = PrivateCluster.start(OtherMajor.programs(major, folder))) {
      server.sql("postgres", "CREATE DATABASE app TEMPLATE template0");
      for (String script : List.of("/everything.sql", "/odd-values.sql")) {
        server.script("app", resource(script));
      }
      GlobalsFingerprint roles = roles(server);
      DatabaseFingerprint source = fingerprint(server);
      assertThat(source.method()).endsWith("postgresql-" + major);
      assertThat(source.largeObjectCount()).isEqualTo(4);
      assertThat(differences(server, ArtifactId.globals("main"), roles)).isEmpty();
      assertThat(differences(server, ArtifactId.database("main", "app"), source)).isEmpty();

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
          "ALTER ROLE hf_reader CREATEDB");

      assertThat(differences(server, ArtifactId.database("main", "app"), source))
          .containsExactlyInAnyOrder(
              "table app.\"Odd Values\" has other rows",
              "table app.dropped_column is defined otherwise",
              "table app.animal is defined otherwise",
              "table app.bird is defined otherwise",
              "table app.status_list is defined otherwise",
              "table app.scratch is defined otherwise",
              "table app.person is defined otherwise",
              "schema: views their definitions differ");
      assertThat(differences(server, ArtifactId.globals("main"), roles))
          .containsExactly("role hf_reader has other attributes, memberships or settings");
    }
  }

  private static DatabaseFingerprint fingerprint(PrivateCluster server) {
    try (Session session = server.open("app")) {
      session.beginSnapshot();
      DatabaseFingerprinter fingerprinter = DatabaseFingerprinter.in(session);
      return fingerprinter.take(table -> 1, true, fingerprinter.sequences());
    }
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
