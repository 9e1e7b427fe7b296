package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set made by hand, of a dump, a tar and checksums: listed, shown, verified and restored. */
class HandmadeSetIT {

  private static final String ID = "20240229_235959";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void is_listed_shown_verified_and_restored_by_id_and_by_path() {
    try (Cluster cluster = HostServer.start();
        Podman podman = new Podman()) {
      String volume = podman.reserve("files");
      cluster.createDatabase("hf-e2e db", "CREATE TABLE t AS SELECT 'saved' AS a");
      Operator operator = new Operator(folder).cluster("main", cluster).volumes(volume);
      Path set = operator.repository().set(ID);
      Shell.bash(
          """
          mkdir -p %1$s/databases %1$s/volumes; cd %1$s
          PGPASSWORD=%2$s pg_dump -Fc -h 127.0.0.1 -p %3$d -U %4$s 'hf-e2e db' > 'databases/hf-e2e db.dump'
          mkdir tree; echo saved > tree/a; chmod 2751 tree; chown 41:42 tree
          tar -C tree -c . | zstd -q > volumes/%5$s.tar.zst; rm -r tree
          """
              .formatted(set, cluster.password(), cluster.port(), Cluster.ADMIN, volume));
      operator.repository().publishByHand(ID);

      operator.holdfast("list").ok().tells(ID);
      operator.holdfast("show", ID).ok().tells("hf-e2e db", volume);
      operator.holdfast("verify", ID, "--deep").ok();
      operator.holdfast("verify", set.toString()).ok();
      cluster.sql("hf-e2e db", "UPDATE t SET a = 'newer'");
      operator.holdfast("restore", "all", ID).exits(11).tells("hf-e2e db");
      assertThat(Podman.exists(volume)).isFalse();
      operator.holdfast("restore", "all", ID, "--force").ok();
      assertRestored(cluster, volume);

      Path moved = folder.resolve("carried by hand");
      Shell.call("mv", set.toString(), moved.toString());
      cluster.dropDatabase("hf-e2e db");
      Podman.removeVolume(volume);
      operator.holdfast("restore", "all", moved.toString()).ok();
      assertRestored(cluster, volume);
    }
  }

  private static void assertRestored(Cluster cluster, String volume) {
    Path data = Podman.folder(volume);
    assertThat(cluster.query("hf-e2e db", "SELECT a FROM t")).containsExactly("saved");
    assertThat(Shell.call("cat", data + "/a")).isEqualTo("saved\n");
    assertThat(Shell.call("stat", "-c", "%a %u:%g", data.toString())).isEqualTo("2751 41:42\n");
  }
}
