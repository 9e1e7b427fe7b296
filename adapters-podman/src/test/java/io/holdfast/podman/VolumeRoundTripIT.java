package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.archive.TarInspector;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.FileContent;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class VolumeRoundTripIT {

  @TempDir private Path folder = Path.of("");

  private final RealPodman podman = RealPodman.orSkip();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();
  private final PodmanAdapter adapter =
      new PodmanAdapter(
          new HostCommandRunner(),
          new VolumeSettings(List.of(podman.name("*")), List.of(), Encoding.NONE, Set.of()),
          journal);
  private String volume = "";
  private Path data = Path.of("");

  @BeforeEach
  void makeAVolumeWithEverythingInIt() {
    volume = podman.volume("everything", "--label=app=con flu=ence", "--label=tier=1");
    data = podman.dataFolder(volume);
    fill(data);
  }

  @AfterEach
  void leavesNothing() throws IOException {
    try (podman;
        Stream<Path> siblings = Files.list(data.getParent())) {
      assertThat(siblings).allMatch(path -> path.endsWith("_data"));
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void aVolumeWithEverythingSurvivesItsReplacement() throws IOException {
    podman.bash("cp --archive \"$1\" \"$2\"", data, folder.resolve("before"));
    Path tar = export();
    podman.bash("find \"$1\" -mindepth 1 -delete; touch \"$1/stray\"; chmod 700 \"$1\"", data);

    List<String> warnings = restore(tar, volume, origin(), true);

    assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("mounted"));
    assertSame(folder.resolve("before"), data);
  }

  @Test
  void aVolumeThatIsGoneComesBackWithItsLabelsAndItsRootAsTheyWere() throws IOException {
    podman.bash("cp --archive \"$1\" \"$2\"", data, folder.resolve("before"));
    Path tar = export();
    ArtifactOrigin origin = origin();
    podman.run("podman", "volume", "rm", volume);

    assertThat(restore(tar, volume, origin, false)).isEmpty();

    assertSame(folder.resolve("before"), data);
    assertThat(origin()).isEqualTo(origin);
    mountByAContainerWhoseImageHasAnotherOwnerAndContent();
    assertSame(folder.resolve("before"), data);
  }

  @Test
  void isReadByPlainTarAndFoundWholeByTheInspector() throws IOException {
    Path tar = export();

    String listed = podman.run("tar", "--list", "--file=" + tar);

    assertThat(listed).startsWith("./\n").contains("./a/relative");
    assertThat(
            new TarInspector()
                .inspect(ArtifactId.volume(volume), new FileContent(tar), cancellation))
        .isEqualTo(listed.lines().count());
    assertThat(Files.size(tar)).isLessThan(20_000_000);
  }

  @Test
  void whatTarWritesTwiceIsTheSameButForTheNamesOfSparseFiles() throws IOException {
    podman.bash("rm \"$1/sparse\" \"$1/hole-only\" \"$1/holes\"", data);

    assertThat(Files.mismatch(export(), export())).isEqualTo(-1);
  }

  @Test
  void aTarMadeByHandWithAclsAsTextIsRestoredToo() throws IOException {
    Path tar = folder.resolve("by-hand.tar");
    podman.bash("cp --archive \"$1\" \"$2\"", data, folder.resolve("before"));
    podman.bash(
        "tar -C \"$1\" --numeric-owner --acls --xattrs --xattrs-include='user.*'"
            + " --xattrs-include='trusted.*' --xattrs-include='security.*' --sparse"
            + " --format=posix -cf \"$2\" .",
        data,
        tar);

    restore(tar, volume, new ArtifactOrigin.Unknown(), true);

    assertSame(folder.resolve("before"), data);
  }

  @Test
  void aTarWithoutItsRootFolderLeavesTheRootAsItIs() throws IOException {
    Path tar = folder.resolve("rootless.tar");
    podman.bash("cd \"$1\"; tar -cf \"$2\" plain random", data, tar);

    List<String> warnings = restore(tar, volume, new ArtifactOrigin.Unknown(), true);

    assertThat(podman.run("stat", "--format=%a %u:%g", data.toString()).strip())
        .isEqualTo("2770 999:999");
    assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("owner and mode"));
  }

  private void mountByAContainerWhoseImageHasAnotherOwnerAndContent() {
    podman.run(
        "podman",
        "run",
        "--rm",
        "--entrypoint=true",
        "--volume=" + volume + ":/usr/share/postgresql",
        RealPodman.IMAGE);
  }

  private void fill(Path target) {
    podman.bash("bash \"$1\" \"$2\"", script("everything.sh"), target);
  }

  private void assertSame(Path before, Path after) {
    assertThat(
            podman.bash(
                "bash \"$1\" \"$2\" \"$3\" \"$4\"",
                script("compare.sh"),
                before,
                after,
                folder.resolve("told")))
        .isEmpty();
  }

  private Path export() throws IOException {
    Path tar = Files.createTempFile(folder, "volume", ".tar");
    Discovery discovery = adapter.source().discover(Selection.all(), cancellation);
    assertThat(discovery.failures()).isEmpty();
    ArtifactSpec spec = spec(discovery);
    try (OutputStream out = Files.newOutputStream(tar)) {
      ExportReport report =
          adapter.source().export(spec, out, OutputStream.nullOutputStream(), cancellation);
      assertThat(report.warnings()).isEmpty();
      out.flush();
      assertThat(report.sourceBytes()).isEqualTo(Files.size(tar));
    }
    return tar;
  }

  private ArtifactSpec spec(Discovery discovery) {
    return discovery.artifacts().stream()
        .filter(spec -> spec.id().equals(ArtifactId.volume(volume)))
        .findFirst()
        .orElseThrow();
  }

  private ArtifactOrigin origin() throws IOException {
    ArtifactSpec spec = spec(adapter.source().discover(Selection.all(), cancellation));
    assertThat(spec.id().kind()).isEqualTo(ArtifactKind.VOLUME);
    return adapter
        .source()
        .export(
            spec, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), cancellation)
        .origin();
  }

  private List<String> restore(Path tar, String target, ArtifactOrigin origin, boolean replace)
      throws IOException {
    PreparedRestore prepared =
        adapter
            .destination()
            .prepare(
                new RestoreItem(
                    ArtifactId.volume(volume),
                    target,
                    new FileContent(tar),
                    Optional.empty(),
                    origin,
                    replace),
                cancellation);
    assertThat(prepared.obstacles()).isEmpty();
    return prepared.run(cancellation);
  }

  private static Path script(String name) {
    var resource = VolumeRoundTripIT.class.getResource(name);
    if (resource == null) {
      throw new IllegalStateException("no test resource " + name);
    }
    return Path.of(resource.getPath());
  }
}
