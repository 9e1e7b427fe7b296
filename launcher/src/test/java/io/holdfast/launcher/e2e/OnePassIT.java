package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A local folder, an SFTP server and an S3 bucket take one pass; when one of them is killed in the
 * middle the others hold whole sets, and {@code copy --missing} brings it up to them.
 */
class OnePassIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private SshServer nas;
  private S3Server cloud;
  private Wire wire;
  private Operator operator;
  private Path dumpsTaken;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    cluster.createDatabase(
        "hf-e2e-one",
        "CREATE TABLE t AS SELECT i, md5(i::text) FROM generate_series(1, 100000) AS i");
    cluster.createDatabase("hf-e2e-two", "CREATE TABLE t AS SELECT 1 AS i");
    String volume = podman.volume("app");
    Shell.bash("head -c 56000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    nas = new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"));
    cloud = new S3Server(folder.resolve("s3"), "fleet/host");
    wire = new Wire(nas.port());
    dumpsTaken = folder.resolve("dumps-taken");
    operator = countingDumps(new Operator(folder));
    operator.cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}").volumes(volume);
  }

  @AfterEach
  void end() {
    wire.close();
    nas.close();
    cloud.close();
    cluster.close();
    podman.close();
  }

  @Test
  void every_database_is_read_once_for_all_targets() {
    nas.addTo(operator, "nas");
    cloud.addTo(operator, "cloud");

    operator.holdfast("backup").ok();

    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);
    nas.assertWhole(set, folder);
    cloud.assertWhole(set, folder);
    assertThat(Shell.bash("sort %s".formatted(dumpsTaken)).lines())
        .containsExactly("hf-e2e-one", "hf-e2e-two");
  }

  @Test
  void a_required_target_that_is_killed_in_the_middle_is_told_and_repaired_afterwards() {
    nas.addTo(operator, "nas", wire.port(), "timeout: 5s");
    cloud.addTo(operator, "cloud");
    killedInTheMiddle(12);
  }

  @Test
  void an_optional_target_that_is_killed_in_the_middle_makes_it_done_in_part() {
    nas.addTo(operator, "nas", wire.port(), "required: false", "timeout: 5s");
    cloud.addTo(operator, "cloud");
    killedInTheMiddle(3);
  }

  private void killedInTheMiddle(int exit) {
    Outcome backup;
    try (Running run = operator.start("backup")) {
      wire.awaitSent(16_000_000, run);
      nas.kill();
      backup = run.await();
    }

    backup.exits(exit).tells("nas");
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);
    cloud.assertWhole(set, folder);
    assertThat(nas.published()).isEmpty();
    assertThat(operator.repository().manifest(set).get("targets").toString()).contains("nas");

    operator.holdfast("copy", "--missing").exits(12).tells("nas");
    nas.start();
    assertThat(operator.holdfast("list").ok().stdout()).contains("nas");
    operator.holdfast("copy", "--missing").ok().tells(set, "nas");

    nas.assertWhole(set, folder);
    assertThat(nas.strays()).isEmpty();
    operator.holdfast("verify", set, "--target", "nas", "--deep").ok();
  }

  /** Puts a pg_dump first in the path that writes down the database of each dump. */
  private Operator countingDumps(Operator plain) {
    Path programs = folder.resolve("bin");
    Shell.bash("mkdir %s; touch %s".formatted(programs, dumpsTaken));
    Operator.write(
        programs.resolve("pg_dump"),
        """
        #!/bin/bash
        case " $* " in
          *' --version '*) ;;
          *) printf '%%s\\n' "$*" | grep -o 'hf-e2e-[a-z]*' | head -n 1 >>%s ;;
        esac
        exec %s/pg_dump "$@"
        """
            .formatted(dumpsTaken, Needs.PROGRAMS));
    Shell.call("chmod", "755", programs.resolve("pg_dump").toString());
    return plain.environment(
        "PATH",
        programs
            + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:"
            + Needs.PROGRAMS);
  }
}
