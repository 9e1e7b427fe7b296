package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A remote target that is killed while a backup writes to it ends that with exit 12; once it is
 * back, {@code holdfast check} leaves nothing of what was half written, and the next backup is
 * good.
 */
class KilledServerIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    String volume = podman.volume("app");
    // Random, so that it stays as large when it is compressed.
    Shell.bash("head -c 64000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    operator = new Operator(folder).volumes(volume).withoutTargets();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void an_sftp_server_that_is_killed_in_the_middle() {
    try (SshServer server = new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"))) {
      killedInTheMiddle(server, server::kill, server::start, "timeout: 5s");
    }
  }

  @Test
  void an_s3_server_that_is_killed_in_the_middle() {
    try (S3Server server = new S3Server(folder.resolve("s3"), "fleet/host")) {
      killedInTheMiddle(server, server::kill, server::start);
    }
  }

  private void killedInTheMiddle(Remote server, Runnable kill, Runnable start, String... settings) {
    try (Wire wire = new Wire(server.port())) {
      server.addTo(operator, "remote", wire.port(), settings);
      try (Running run = operator.start("backup")) {
        wire.awaitSent(16_000_000, run);
        kill.run();
        run.await().exits(12).tells("remote");
      }
      operator.holdfast("list").exits(12);
      start.run();
      assertThat(server.published()).isEmpty();

      operator.holdfast("check").ok();

      assertThat(server.strays()).isEmpty();
      operator.holdfast("backup").ok();
      server.assertWhole(server.published().get(0), folder);
    }
  }
}
