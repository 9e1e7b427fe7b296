package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A volume with everything in it survives backup, removal and restore, compared by rsync over
 * contents, modes, owners, times to the nanosecond, hard and symbolic links, fifos, sparse blocks,
 * xattrs and ACLs, the root folder's included; its labels and options too.
 */
class VolumeRoundTripIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;

  @BeforeEach
  void begin() {
    podman = new Podman();
    operator = new Operator(folder).volumes(podman.prefix() + "*");
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @ParameterizedTest
  @CsvSource({"none,.tar", "gzip,.tar.gz", "zstd,.tar.zst"})
  void a_volume_with_everything_comes_back_the_same(String compression, String ending) {
    String volume =
        podman.volume(
            "all",
            "--label",
            "\"purpose=it's \"\"all\"\", truly\"",
            "--label",
            "empty=",
            "--label",
            "b=x=y");
    Path data = Podman.folder(volume);
    Path script = Resources.copyTo("everything.sh", folder.resolve("everything.sh"));
    Shell.call("bash", script.toString(), data.toString());
    Path before = folder.resolve("before");
    Trees.copy(data, before);
    String labels = Podman.inspectVolume(volume, "{{json .Labels}} {{.Driver}} {{json .Options}}");
    operator.volumeSetting("compression: " + compression);
    operator.holdfast("backup", "volumes").ok();
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);
    operator.holdfast("verify", set, "--deep").ok();
    assertThat(operator.repository().artifact(set, "VOLUME", volume).get("path").asString())
        .isEqualTo("volumes/" + volume + ending);
    Trees.assertSame(before, data);

    Podman.removeVolume(volume);
    operator.holdfast("restore", "volumes", "latest").ok();

    assertThat(Podman.inspectVolume(volume, "{{json .Labels}} {{.Driver}} {{json .Options}}"))
        .isEqualTo(labels);
    Trees.assertSame(before, Podman.folder(volume));
    assertThat(Podman.siblings(volume)).isEqualTo("_data");
  }

  @Test
  void a_volume_that_exists_is_refused_without_force_and_replaced_whole_with_it() {
    String volume = podman.volume("app");
    Path data = Podman.folder(volume);
    Shell.bash(
        "echo saved > %1$s/a; mkdir %1$s/b; chmod 2750 %1$s; chown 7:8 %1$s".formatted(data));
    Path before = folder.resolve("before");
    Trees.copy(data, before);
    operator.holdfast("backup", "volumes").ok();
    Shell.bash("echo newer > %1$s/a; echo extra > %1$s/extra; chmod 700 %1$s".formatted(data));
    String changed = Trees.fingerprint(data);

    operator.holdfast("restore", "volumes", "latest").exits(11).tells(volume, "--force");
    operator.holdfast("restore", "volumes", "latest", "--force", "--dry-run").ok().tells(volume);
    assertThat(Trees.fingerprint(data)).isEqualTo(changed);

    operator.holdfast("restore", "volumes", "latest", "--force").ok();
    Trees.assertSame(before, Podman.folder(volume));
    assertThat(Podman.siblings(volume)).isEqualTo("_data");
  }

  @Test
  void a_volume_is_restored_beside_the_old_one_under_another_name() {
    String volume = podman.volume("app", "--label", "a=b");
    String other = podman.reserve("other");
    Shell.bash("echo saved > %s/a".formatted(Podman.folder(volume)));
    operator.holdfast("backup", "volumes").ok();
    Shell.bash("echo newer > %s/a".formatted(Podman.folder(volume)));

    operator.holdfast("restore", "volumes", "latest", "--only", volume, "--as", other).ok();

    assertThat(Shell.call("cat", Podman.folder(volume) + "/a")).isEqualTo("newer\n");
    assertThat(Shell.call("cat", Podman.folder(other) + "/a")).isEqualTo("saved\n");
  }

  @Test
  void driver_options_of_a_volume_come_back() {
    Path disk = folder.resolve("disk");
    Shell.bash("mkdir %1$s".formatted(disk));
    String volume =
        podman.volume("bind", "--opt", "type=none", "--opt", "o=bind", "--opt", "device=" + disk);
    String container = podman.app("user", volume);
    Shell.bash("echo saved > %s/a".formatted(Podman.folder(volume)));
    String options = Podman.inspectVolume(volume, "{{json .Options}}");
    operator.holdfast("backup", "volumes").ok();
    Shell.call("podman", "rm", "--force", "--time", "0", container);
    Shell.bash("rm %s/a".formatted(disk));
    Podman.removeVolume(volume);

    operator.holdfast("restore", "volumes", "latest").ok();

    assertThat(Podman.inspectVolume(volume, "{{json .Options}}")).isEqualTo(options);
    podman.app("user", volume);
    assertThat(Shell.call("podman", "exec", container, "cat", "/data/a")).isEqualTo("saved\n");
  }

  @Test
  void an_empty_volume_is_backed_up_and_restored() {
    String volume = podman.volume("empty");
    Shell.bash("chmod 0711 %1$s; chown 5:6 %1$s".formatted(Podman.folder(volume)));
    operator.holdfast("backup", "volumes").ok();
    Podman.removeVolume(volume);

    operator.holdfast("restore", "volumes", "latest").ok();

    assertThat(Shell.call("stat", "-c", "%a %u:%g", Podman.folder(volume).toString()).trim())
        .isEqualTo("711 5:6");
  }
}
