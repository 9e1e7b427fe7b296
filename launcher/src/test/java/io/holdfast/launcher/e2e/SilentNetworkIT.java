package io.holdfast.launcher.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is silent for twenty seconds and comes back costs no run, writing or reading. */
class SilentNetworkIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    String volume = podman.volume("app");
    // Random, so that it stays as large when it is compressed.
    Shell.bash("head -c 80000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    operator = new Operator(folder).volumes(volume).withoutTargets();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  /** Both at once, as each waits for its own server. */
  @Test
  void to_an_sftp_server_and_to_an_s3_server_is_sat_out() {
    try (SshServer nas = new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"));
        S3Server cloud = new S3Server(folder.resolve("s3"), "fleet/host");
        Wire toNas = new Wire(nas.port());
        Wire toCloud = new Wire(cloud.port())) {
      nas.addTo(operator, "nas", toNas.port());
      cloud.addTo(operator, "cloud", toCloud.port());
      try (Running run = operator.start("backup")) {
        toNas.awaitSent(16_000_000, run);
        toCloud.awaitSent(10_000_000, run);
        silentForTwentySeconds(toNas, toCloud);
        run.await().ok();
      }
      String set = nas.published().get(0);
      nas.assertWhole(set, folder);
      cloud.assertWhole(set, folder);

      try (Running fromNas = operator.start("verify", set, "--target", "nas")) {
        toNas.awaitReceived(16_000_000, fromNas);
        toNas.fallSilent();
        try (Running fromCloud = operator.start("verify", set, "--target", "cloud")) {
          toCloud.awaitReceived(16_000_000, fromCloud);
          silentForTwentySeconds(toNas, toCloud);
          fromNas.await().ok();
          fromCloud.await().ok();
        }
      }
    }
  }

  private static void silentForTwentySeconds(Wire... wires) {
    for (Wire wire : wires) {
      wire.fallSilent();
    }
    Shell.call("sleep", "20");
    for (Wire wire : wires) {
      wire.comeBack();
    }
  }
}
