package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with a remote target ends with exit 12 and a message that says what and why, or
 * is overcome; no visible set is ever incomplete.
 */
class RemoteTroubleIT {

  private static final String WRONG = "hf-e2e-hush-wrong";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;
  private Path data;

  @BeforeEach
  void begin() {
    podman = new Podman();
    String volume = podman.volume("app");
    data = Podman.folder(volume);
    Shell.bash("echo small > %s/a".formatted(data));
    operator = new Operator(folder).volumes(volume).withoutTargets();
  }

  @AfterEach
  void end() {
    podman.close();
  }

  private SshServer ssh() {
    return new SshServer(folder.resolve("sshd"), folder.resolve("srv/backups"));
  }

  private S3Server s3() {
    return new S3Server(folder.resolve("s3"), "fleet/host");
  }

  @Test
  void connections_that_are_cut_while_a_set_is_read() {
    bigVolume();
    try (SshServer nas = ssh();
        S3Server cloud = s3();
        Wire toNas = new Wire(nas.port());
        Wire toCloud = new Wire(cloud.port())) {
      nas.addTo(operator, "nas", toNas.port());
      cloud.addTo(operator, "cloud", toCloud.port());
      operator.holdfast("backup").ok();
      for (String target : new String[] {"nas", "cloud"}) {
        Wire wire = target.equals("nas") ? toNas : toCloud;
        try (Running run = operator.start("verify", "latest", "--target", target)) {
          wire.awaitReceived(16_000_000, run);
          wire.cut();
          run.await().ok();
        }
      }
    }
  }

  @Test
  void a_wrong_password() {
    try (S3Server server = s3()) {
      server.addTo(operator, "remote");
      operator.environment("HF_E2E_SECRET_KEY", WRONG);
      assertThat(refused("remote", "secret-key").told())
          .doesNotContain(WRONG)
          .doesNotContain(S3Server.SECRET_KEY);
    }
  }

  @Test
  void a_key_that_the_sftp_server_does_not_know() {
    try (SshServer server = ssh()) {
      Shell.bash("ssh-keygen -q -t ed25519 -N '' -f %s/stranger".formatted(folder));
      operator.alsoTarget(
          "remote",
          server.url(server.port()),
          "private-key: " + folder.resolve("stranger"),
          "known-hosts: " + server.knownHosts());
      refused("does not let user", "private key");
    }
  }

  @Test
  void a_host_key_that_has_changed_until_it_is_trusted() {
    try (SshServer server = ssh()) {
      server.addTo(operator, "remote");
      operator.holdfast("backup").ok();
      server.changeHostKey();

      refused("holdfast target trust remote", server.fingerprint());
      operator.holdfast("target", "trust", "remote").exits(12).tells(server.fingerprint());
      operator.holdfast("target", "trust", "remote", "--fingerprint", "SHA256:other").exits(12);
      operator.holdfast("list").exits(12);
      operator
          .holdfast("target", "trust", "remote", "--fingerprint", server.fingerprint())
          .ok()
          .tells(server.fingerprint());

      operator.holdfast("backup").ok();
      assertThat(server.published()).hasSize(2);
    }
  }

  @Test
  void a_bucket_that_is_not_there() {
    try (S3Server server = s3()) {
      server.addTo(operator, "remote");
      server.removeBucket();
      refused("hf-e2e-bucket");
    }
  }

  @Test
  void a_folder_that_is_read_only() {
    try (SshServer server = ssh()) {
      server.addTo(operator, "remote");
      Shell.bash("mkdir -p %1$s; mount -t tmpfs -o ro tmpfs %1$s".formatted(server.root()));
      try {
        refused(server.root().toString());
      } finally {
        Shell.call("umount", server.root().toString());
      }
    }
  }

  @Test
  void a_remote_disk_that_is_full() {
    try (SshServer server = ssh()) {
      server.addTo(operator, "remote");
      Shell.bash("mkdir -p %1$s; mount -t tmpfs -o size=50m tmpfs %1$s".formatted(server.root()));
      try {
        operator.holdfast("backup").ok();
        String before = server.published().get(0);
        bigVolume();
        assertThat(operator.holdfast("backup").exits(12).stderr())
            .containsPattern("(?i)space")
            .contains(server.root().toString());
        assertThat(server.published()).containsExactly(before);
        assertThat(server.strays()).isEmpty();
        operator.holdfast("verify", "all").ok();
      } finally {
        Shell.call("umount", server.root().toString());
      }
    }
  }

  /** Random, so that it stays as large when it is compressed. */
  private void bigVolume() {
    Shell.bash("head -c 64000000 /dev/urandom > %s/big".formatted(data));
  }

  private Outcome refused(String... words) {
    operator.holdfast("check").exits(12).tells(words);
    return operator.holdfast("backup").exits(12).tells(words);
  }
}
