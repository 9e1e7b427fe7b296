package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A volume and a database beyond the heap are backed up, verified, drilled and restored through 96
 * MB: 150 MB and 100 MB, or 3 GB and 1 GB with {@code HOLDFAST_E2E_BIG=1}.
 */
class SmallHeapIT {

  private static final boolean BIG = "1".equals(System.getenv("HOLDFAST_E2E_BIG"));
  private static final long VOLUME_BYTES = BIG ? 3_000_000_000L : 150_000_000L;
  private static final long ROWS_OF_9600_BYTES = BIG ? 100_000 : 10_000;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void volume_and_database_pass_through_96_megabytes() {
    try (Podman podman = new Podman();
        Cluster cluster = HostServer.start()) {
      String volume = podman.volume("big");
      Path data = Podman.folder(volume);
      Shell.bash(
          "cd %s; head -c %d /dev/urandom > big; mkdir many; cd many; seq 20000 | xargs touch"
              .formatted(data, VOLUME_BYTES));
      String before = Trees.fingerprint(data);
      cluster.createDatabase(
          "hf-e2e-big",
          "CREATE TABLE t (id integer, content bytea)",
          "ALTER TABLE t ALTER COLUMN content SET STORAGE EXTERNAL");
      cluster.sql(
          "hf-e2e-big",
          "INSERT INTO t SELECT i, decode(repeat(md5(i::text), 600), 'hex') FROM generate_series(1, "
              + ROWS_OF_9600_BYTES
              + ") AS i");
      Operator operator =
          new Operator(folder).cluster("main", cluster).volumes(volume).javaOptions("-Xmx96m");

      operator.holdfast("backup").ok();
      operator.repository().assertWhole(operator.repository().onlySet());
      operator.holdfast("verify", "latest", "--deep").ok();
      System.out.println("drill: " + operator.holdfast("drill").ok().tells("PROVEN").stdout());
      String rows = rows(cluster);
      cluster.dropDatabase("hf-e2e-big");
      Podman.removeVolume(volume);
      operator.holdfast("restore", "all", "latest", "--only", "hf-e2e-big", "--only", volume).ok();

      assertThat(rows(cluster)).isEqualTo(rows);
      assertThat(Trees.fingerprint(Podman.folder(volume))).isEqualTo(before);
    }
  }

  private static String rows(Cluster cluster) {
    String query = "SELECT count(*) || ' ' || sum(hashtextextended(id || md5(content), 0)) FROM t";
    return cluster.query("hf-e2e-big", query).get(0);
  }
}
