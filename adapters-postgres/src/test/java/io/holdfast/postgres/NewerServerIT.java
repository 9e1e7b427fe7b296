package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server that is newer than the tools. */
class NewerServerIT {

  private static final String BINARIES = "/postgres-linux-x86_64.txz";

  @TempDir(factory = WorldReadable.class)
  Path folder;

  private final Lab[] lab = new Lab[1];

  @BeforeEach
  void start() throws IOException {
    ToolVersion tool = DumpTools.version(new ProcessRunner(), DumpTools.DUMP, new Cancellation());
    Assumptions.assumeTrue(
        tool.major() < 16, "SKIPPED: pg_dump " + tool.text() + " is not older than the server");
    try (InputStream binaries = NewerServerIT.class.getResourceAsStream(BINARIES)) {
      Assumptions.assumeTrue(binaries != null, "SKIPPED: no server binaries for this machine");
      Files.copy(binaries, folder.resolve("server.txz"));
    }
    PrivateCluster.run(
        List.of("tar", "-xJf", folder.resolve("server.txz").toString(), "-C", folder.toString()));
    lab[0] = new Lab(PrivateCluster.start(folder.resolve("bin")));
  }

  @AfterEach
  void stop() {
    if (lab[0] != null) {
      lab[0].server.close();
    }
  }

  @Test
  void isRefusedBeforeADumpIsBegunWithTheRemedy() {
    assertThatThrownBy(() -> lab[0].discover())
        .isInstanceOf(SourceFailure.class)
        .hasMessageMatching(
            "Cluster main: pg_dump 15\\.\\S+ on the host is older than the server, 16\\.15.*")
        .extracting(failure -> ((Failure) failure).hint())
        .asString()
        .contains("postgresql-client-16", "container:");
    assertThat(lab[0].runner.commands)
        .allSatisfy(command -> assertThat(command.argv()).contains("--version"));
  }

  @Test
  void isAFindingOfTheProbe() {
    List<Finding> findings = lab[0].cluster.probe().probe(lab[0].cancellation);

    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.FAILED);
              assertThat(finding.hint()).contains("postgresql-client-16");
            });
  }
}
