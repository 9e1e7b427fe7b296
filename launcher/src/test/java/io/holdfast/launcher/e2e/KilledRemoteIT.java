package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup to an SFTP server and an S3 bucket, and a copy from one to the other, whose whole
 * process group is killed at any moment: no broken set is visible, and {@code holdfast check}
 * leaves nothing of what was half written.
 */
class KilledRemoteIT {

  private static final int ROUNDS = 3;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_backup_and_a_copy_killed_at_any_moment_leave_nothing_after_the_next_check() {
    try (Podman podman = new Podman();
        SshServer nas = new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"));
        S3Server cloud = new S3Server(folder.resolve("s3"), "fleet/host")) {
      String volume = podman.volume("app");
      Shell.bash("head -c 30000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
      Operator operator = new Operator(folder).volumes(volume).withoutTargets();
      nas.addTo(operator, "nas");
      cloud.addTo(operator, "cloud");
      operator.holdfast("backup").ok();
      long begun = System.nanoTime();
      operator.holdfast("backup").ok();
      Moments moments = new Moments("killed remote backup", System.nanoTime() - begun);

      int killed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        try (Running run = operator.start("backup")) {
          killed += moments.killWithin(run) ? 1 : 0;
        }
        operator.holdfast("check").ok();
        for (Remote remote : List.of(nas, cloud)) {
          remote.published().forEach(set -> remote.assertWhole(set, folder));
          assertThat(remote.strays()).isEmpty();
        }
        assertThat(cloud.uploads()).isEmpty();
      }

      assertThat(killed).as("runs that were killed before their end").isPositive();
      operator.holdfast("copy", "--missing").ok();
      assertThat(nas.published()).isEqualTo(cloud.published());
      operator.holdfast("verify", "all").ok();
    }
  }
}
