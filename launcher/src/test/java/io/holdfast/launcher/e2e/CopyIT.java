package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What required, quorum and copies come to on real folders: no copy is ever half visible. */
class CopyIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Path disk;
  private Operator operator;
  private Repository second;

  @BeforeEach
  void begin() {
    podman = new Podman();
    String volume = podman.volume("app");
    Shell.bash(
        "echo saved > %1$s/a; head -c 3000000 /dev/urandom > %1$s/b"
            .formatted(Podman.folder(volume)));
    disk = folder.resolve("disk");
    Shell.call("mkdir", disk.toString());
    operator = new Operator(folder).volumes(volume);
    second = new Repository(disk.resolve("second"));
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void a_target_that_can_be_done_without_is_3_and_12_without_the_quorum() {
    operator.storageSetting("second: {url: \"file://" + second.root() + "\", required: false}");
    mount("ro");
    try {
      operator.holdfast("backup").exits(3).tells("NOT STORED", "second", "not required");
      operator.holdfast("check").exits(3);
      operator.storageSetting("quorum: 2");
      JsonNode backup = operator.holdfast("backup", "--json").exits(12).json();
      assertThat(backup.get("kept").asString()).isEqualTo("TOO_FEW");
      operator.holdfast("check").exits(12).tells("quorum");
    } finally {
      unmount();
    }
    assertThat(operator.repository().published()).hasSize(2);
    String set = operator.repository().newestSet();
    operator.repository().assertWhole(set);
    JsonNode targets = operator.repository().manifest(set).get("targets");
    assertThat(targets.get(0).has("reason")).isFalse();
    assertThat(targets.get(1).get("reason").asString()).contains(disk.toString());
    operator.holdfast("show", set).ok().tells("missed it");
    operator.holdfast("backup").ok();
  }

  @Test
  void a_full_target_misses_the_set_and_copy_missing_repairs_it() {
    operator.alsoTarget("second", "file://" + second.root());
    mount("size=1m");
    try {
      operator.holdfast("backup").exits(12).tells("second");
    } finally {
      unmount();
    }
    String set = operator.repository().onlySet();
    operator.holdfast("list").ok().tells("NOT ON", "second");

    operator.holdfast("copy", "--missing", "--dry-run").ok().tells("to copy", set);
    assertThat(Files.exists(second.set(set))).isFalse();
    operator.holdfast("copy", "--missing").ok().tells("copied", set, "local -> second");

    assertSame(set);
    operator.holdfast("copy", "--missing").ok().tells("nothing is missing");
    operator.holdfast("copy", set, "--from", "local", "--to", "second").ok().tells("there");
    operator.holdfast("verify", "all", "--target", "second").ok();
  }

  @Test
  void an_interrupted_copy_is_no_set_and_the_next_goes_on_from_there() {
    operator.holdfast("backup").ok();
    String set = operator.repository().onlySet();
    operator.alsoTarget("second", "file://" + second.root());
    mount("size=1m");
    String kept;
    try {
      operator.holdfast("copy", "latest", "--to", "second").exits(12).tells(disk.toString());
      assertThat(second.published()).isEmpty();
      Shell.bash("mkdir %1$s/kept; cp -a %2$s/. %1$s/kept".formatted(folder, second.root()));
      kept = Shell.bash("find %s -name RESTORE.md".formatted(folder.resolve("kept"))).trim();
    } finally {
      unmount();
    }
    assertThat(kept).as("a whole file of the copy that broke off").isNotEmpty();
    Shell.bash("mkdir %1$s; cp -a %2$s/kept/. %1$s".formatted(second.root(), folder));

    JsonNode copied = operator.holdfast("copy", "latest", "--to", "second", "--json").ok().json();

    assertThat(copied.get("sets").get(0).get("keptFiles").asInt()).isPositive();
    assertSame(set);
    assertThat(second.strays()).containsExactly("README.md");
  }

  @Test
  void a_damaged_set_is_refused_and_named() {
    operator.holdfast("backup").ok();
    String set = operator.repository().onlySet();
    operator.alsoTarget("second", "file://" + second.root());
    Shell.bash("printf x >> %s/volumes/*.tar.gz".formatted(operator.repository().set(set)));

    operator.holdfast("copy", set, "--to", "second").exits(13).tells("volumes/");
    operator.holdfast("copy", "--missing").exits(13).tells("NOT COPIED", set);
    assertThat(second.published()).isEmpty();
    operator.holdfast("copy", "20010101_010101", "--to", "second").exits(13);
    operator.holdfast("copy", set, "--to", "nowhere").exits(10);
  }

  private void assertSame(String set) {
    second.assertWhole(set);
    Shell.call("diff", "-r", operator.repository().set(set).toString(), second.set(set).toString());
  }

  private void mount(String options) {
    Shell.call("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
  }

  private void unmount() {
    Shell.call("umount", disk.toString());
  }
}
