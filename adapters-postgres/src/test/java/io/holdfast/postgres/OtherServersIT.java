package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers older and newer than the tools, which are of version 15. */
class OtherServersIT {

  @TempDir(factory = WorldReadable.class)
  Path folder;

  private Lab start(int major) {
    ToolVersion tool = DumpTools.version(new ProcessRunner(), DumpTools.DUMP, new Cancellation());
    // For hosts without it; .ci/run counts skipped integration tests and fails on any.
    Assumptions.assumeTrue(
        tool.major() == 15, "SKIPPED: pg_dump is of version " + tool.text() + ", not 15");
    return new Lab(PrivateCluster.start(OtherMajor.programs(major, folder)));
  }

  @Test
  void aNewerOneIsRefusedBeforeADumpIsBegunWithTheRemedy() {
    Lab lab = start(16);
    try (PrivateCluster server = lab.server) {
      assertThatThrownBy(lab::discover)
          .isInstanceOf(SourceFailure.class)
          .hasMessageMatching(
              "Cluster main: pg_dump 15\\.\\S+ on the host is older than the server, 16\\.15.*")
          .extracting(failure -> ((Failure) failure).hint())
          .asString()
          .contains("postgresql-client-16", "container:");
      List<Finding> findings = lab.cluster.probe().probe(lab.cancellation);

      assertThat(findings)
          .anySatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.FAILED);
                assertThat(finding.hint()).contains("postgresql-client-16");
              });
      assertThat(lab.runner.commands)
          .isNotEmpty()
          .allSatisfy(command -> assertThat(command.argv()).contains("--version"));
      assertThat(server.databases()).containsExactly("postgres");
    }
  }

  @Test
  void anOlderOneGetsItsDatabaseBack() throws Exception {
    Lab lab = start(14);
    try (PrivateCluster server = lab.server) {
      server.sql(
          "postgres",
          "CREATE ROLE keeper",
          "CREATE DATABASE shop OWNER keeper",
          "ALTER DATABASE shop SET work_mem = '5MB'",
          "GRANT CONNECT ON DATABASE shop TO pg_monitor",
          "COMMENT ON DATABASE shop IS 'old'");
      server.sql("shop", "CREATE TABLE t AS SELECT generate_series(1, 100) AS i");
      List<String> before = server.plainDump("shop");
      ArtifactContent dump = lab.dump("shop");
      ArtifactContent globals = lab.globals();
      server.sql("postgres", "DROP DATABASE shop", "DROP ROLE keeper");

      List<String> warnings =
          lab.restore(lab.item("shop", "shop", dump, Optional.of(globals), false));

      assertThat(warnings).isEmpty();
      assertThat(server.plainDump("shop")).isEqualTo(before);
    }
  }

  @Test
  void aDumpOfANewerOneWarnsBeforeItIsLoaded() throws Exception {
    Lab lab = start(14);
    try (PrivateCluster newer = PrivateCluster.start();
        PrivateCluster server = lab.server) {
      newer.sql("postgres", "CREATE DATABASE shop");
      ArtifactContent dump = new Lab(newer).dump("shop");

      assertThat(lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), false)).steps())
          .first()
          .asString()
          .contains("warning: the source was PostgreSQL 15", "newer than this server, 14");
      assertThat(server.databases()).containsExactly("postgres");
    }
  }
}
