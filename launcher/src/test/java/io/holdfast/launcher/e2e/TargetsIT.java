package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several targets: every one gets every set, any one serves it, one that fails is told. */
class TargetsIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private String volume;
  private Operator operator;
  private Repository second;

  @BeforeEach
  void begin() {
    podman = new Podman();
    volume = podman.volume("app");
    Shell.bash("echo saved > %s/a; mkdir %s/fleet".formatted(Podman.folder(volume), folder));
    operator =
        new Operator(folder)
            .volumes(volume)
            .alsoTarget("second", "file://" + folder.resolve("fleet") + "/{host}");
    second = new Repository(folder.resolve("fleet/hf-e2e-host"));
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void every_target_gets_the_set_and_any_of_them_serves_it() {
    operator.holdfast("backup").ok();
    String set = operator.repository().onlySet();
    assertThat(second.onlySet()).isEqualTo(set);
    operator.repository().assertWhole(set);
    second.assertWhole(set);
    assertThat(operator.holdfast("list", "--json").ok().stdout()).contains("local", "second");
    assertThat(operator.holdfast("list", "--target", "second", "--json").ok().stdout())
        .contains("second")
        .doesNotContain("\"local\"");
    operator.holdfast("verify", set, "--target", "second").ok();

    Shell.bash("rm -rf %s".formatted(operator.repository().set(set)));
    operator.holdfast("show", set, "--target", "local").exits(13);
    Podman.removeVolume(volume);
    operator.holdfast("restore", "volumes", "latest").ok();
    assertThat(Shell.call("cat", Podman.folder(volume) + "/a")).isEqualTo("saved\n");
  }

  @Test
  void a_target_that_fails_is_told_and_the_other_has_the_set() {
    Path disk = folder.resolve("fleet");
    Shell.call("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", disk.toString());
    try {
      operator.holdfast("backup").exits(12).tells("second", disk.toString());
      operator.repository().assertWhole(operator.repository().onlySet());
      operator.holdfast("check").exits(12).tells("second");
    } finally {
      Shell.call("umount", disk.toString());
    }
  }
}
