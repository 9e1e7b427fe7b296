package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target that has no space or gives no rights: exit 12, a message that names the path, and the
 * space where that is what lacks, and no set.
 */
class FullTargetIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Path disk;
  private Podman podman;
  private Operator operator;

  @BeforeEach
  void mountSmallDisk() {
    podman = new Podman();
    disk = folder.resolve("disk");
    Shell.bash(
        "mkdir %1$s; truncate -s 50M %1$s.img; mkfs.ext4 -q %1$s.img; mount -o loop %1$s.img %1$s 2>/dev/null || mount -t tmpfs -o size=50m tmpfs %1$s; mkdir %1$s/target"
            .formatted(disk));
    operator = new Operator(folder).target(disk.resolve("target")).volumes(podman.prefix() + "*");
  }

  @AfterEach
  void unmount() {
    Shell.call("umount", disk.toString());
    podman.close();
  }

  @Test
  void a_full_disk_is_told_with_its_path_and_space_and_leaves_no_set() {
    String small = podman.volume("small");
    Shell.bash("echo x > %s/a".formatted(Podman.folder(small)));
    operator.holdfast("backup", "volumes").ok();
    String before = operator.repository().onlySet();
    String volume = podman.volume("big");
    Shell.bash("head -c 120000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));

    Outcome full = operator.holdfast("backup", "volumes").exits(12);

    assertThat(full.stderr())
        .contains(disk.resolve("target").toString())
        .containsPattern("(?i)space")
        .containsPattern("\\d+(\\.\\d+)? ?([KMG]i?)?B");
    assertThat(operator.repository().folders()).containsExactly(before);
    operator.repository().assertWhole(before);
    assertThat(Shell.bash("du -sm %s | cut -f1".formatted(disk)).trim()).isEqualTo("1");
    Podman.removeVolume(volume);
    operator.holdfast("backup", "volumes").ok();
  }

  @Test
  void a_target_that_is_read_only_is_told_with_its_path() {
    Shell.bash("echo x > %s/a".formatted(Podman.folder(podman.volume("small"))));
    Shell.call("mount", "-o", "remount,ro", disk.toString());

    operator.holdfast("backup", "volumes").exits(12).tells(disk.resolve("target").toString());
    operator.holdfast("check").exits(12).tells(disk.resolve("target").toString());

    assertThat(operator.repository().folders()).isEmpty();
  }

  @Test
  void a_target_that_another_user_owns_is_told_with_its_path() {
    try (Cluster cluster = HostServer.start()) {
      Path home = Path.of(Shell.bash("mktemp -d /tmp/hf-e2e-nobody-XXXXXX").trim());
      try {
        Operator nobody =
            new Operator(home).cluster("main", cluster).target(disk.resolve("target"));
        nobody.command();
        Path build = Needs.launcher().resolveSibling("..").normalize();
        Shell.bash(
            "cp -r %1$s %2$s/build; mkdir %2$s/state; chown -R nobody: %2$s; chmod 755 %3$s; chmod 700 %3$s/target"
                .formatted(build, home, disk));
        nobody.launcher(home.resolve("build/bin/holdfast"));
        var command =
            new java.util.ArrayList<>(
                java.util.List.of(
                    "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        command.addAll(nobody.command("backup", "databases"));

        nobody.shell().run(command).exits(12).tells(disk.resolve("target").toString());

        assertThat(operator.repository().folders()).isEmpty();
      } finally {
        Shell.call("rm", "-rf", home.toString());
      }
    }
  }
}
