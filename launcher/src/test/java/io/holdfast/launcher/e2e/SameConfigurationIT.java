package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One holdfast.yaml in which nothing but {@code storage} changes: a database and a volume go to a
 * remote target, are checked there with other clients' eyes, and come back.
 */
class SameConfigurationIT {

  private static final String DATABASE = "hf-e2e it's \"all\"";

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Cluster cluster;
  private String volume;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    Everything.createRoles(cluster);
    Everything.create(cluster, DATABASE, "ENCODING 'UTF8'");
    volume = podman.volume("all.of_it");
    Path script = Resources.copyTo("everything.sh", folder.resolve("everything.sh"));
    Shell.call("bash", script.toString(), Podman.folder(volume).toString());
    operator = new Operator(folder).cluster("main", cluster).volumes(volume);
  }

  @AfterEach
  void end() {
    cluster.close();
    podman.close();
  }

  @Test
  void goes_to_an_sftp_server_and_comes_back() {
    Path root = folder.resolve("srv/backups of this host");
    try (SshServer server = new SshServer(folder.resolve("sshd"), root)) {
      goesAndComesBack(server);
    }
  }

  @Test
  void goes_to_an_s3_bucket_and_comes_back() {
    try (S3Server server = new S3Server(folder.resolve("s3"), "fleet/hf-e2e-host")) {
      goesAndComesBack(server);
    }
  }

  private void goesAndComesBack(Remote remote) {
    remote.addTo(operator.withoutTargets(), "remote");
    String database = cluster.dump(DATABASE);
    String roles = cluster.dumpOfGlobals();
    Path before = folder.resolve("before");
    Trees.copy(Podman.folder(volume), before);

    operator.holdfast("check").ok().tells("remote");
    operator.holdfast("backup", "--only", DATABASE, "--only", volume).ok();

    assertThat(remote.published()).hasSize(1);
    String set = remote.published().get(0);
    remote.assertWhole(set, folder);
    assertThat(remote.strays()).isEmpty();
    operator.holdfast("list").ok().tells(set);
    operator.holdfast("verify", set, "--deep").ok();
    cluster.dropDatabase(DATABASE);
    Everything.dropRoles(cluster);
    Podman.removeVolume(volume);
    operator.holdfast("restore", "all", "latest", "--target", "remote").ok();
    assertThat(cluster.dump(DATABASE)).isEqualTo(database);
    assertThat(cluster.dumpOfGlobals()).isEqualTo(roles);
    Trees.assertSame(before, Podman.folder(volume));
  }
}
