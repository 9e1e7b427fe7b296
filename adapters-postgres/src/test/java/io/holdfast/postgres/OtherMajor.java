package io.holdfast.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The programs of servers of other majors, without clients' tools. */
final class OtherMajor {

  private OtherMajor() {}

  /** Unpacks those of a major; Maven puts the archives there before the tests. */
  static Path programs(int major, Path folder) {
    Path archive = Path.of("target", "servers", "" + major, "postgres-linux-x86_64.txz");
    // Servers of other majors are there as programs for one sort of machine alone, that of .ci/run.
    Assumptions.assumeTrue(
        Files.exists(archive) && System.getProperty("os.arch", "").equals("amd64"),
        "SKIPPED: no server binaries for this machine in " + archive.toAbsolutePath());
    PrivateCluster.run(
        List.of("tar", "-xJf", archive.toAbsolutePath().toString(), "-C", folder.toString()));
    return folder.resolve("bin");
  }
}
