package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An artifact far beyond the heap goes to an SFTP server and an S3 bucket at once, is verified on
 * both and restored from each through 128 MB: 300 MB, or 3 GB with {@code HOLDFAST_E2E_BIG=1}.
 */
class RemoteSmallHeapIT {

  private static final int SCALE = "1".equals(System.getenv("HOLDFAST_E2E_BIG")) ? 10 : 1;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_large_volume_passes_through_128_megabytes_to_both_and_back() {
    try (Podman podman = new Podman();
        SshServer nas = new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"));
        S3Server cloud = new S3Server(folder.resolve("s3"), "fleet/host")) {
      String volume = podman.volume("big");
      Path data = Podman.folder(volume);
      Shell.bash("head -c %d /dev/urandom > %s/big".formatted(150_000_000L * SCALE, data));
      String before = Trees.fingerprint(data);
      Operator operator =
          new Operator(folder).volumes(volume).withoutTargets().javaOptions("-Xmx128m");
      nas.addTo(operator, "nas");
      cloud.addTo(operator, "cloud");

      operator.holdfast("backup").ok();
      operator.holdfast("verify", "all", "--deep").ok();

      for (String target : new String[] {"nas", "cloud"}) {
        Podman.removeVolume(volume);
        operator.holdfast("restore", "volumes", "latest", "--target", target).ok();
        assertThat(Trees.fingerprint(Podman.folder(volume))).isEqualTo(before);
      }
    }
  }
}
