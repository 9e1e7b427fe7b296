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
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.testing.FileContent;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import io.holdfast.podman.testing.RootlessUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RootlessVolumesIT {

  private static final String TELL =
      "cd \"$1\"; find . -printf '%P %y %m %U:%G %s %T@ %n %b\\n' | sort;"
          + " find . ! -type l | sort | xargs getfattr -d -m - -e hex --;"
          + " find . ! -type l | sort | xargs getfacl -n --; sha256sum file sub/owned";

  @TempDir private Path folder = Path.of("");

  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void volumesOfSubordinateIdsSurviveTheirReplacementAndTheirRemoval() throws IOException {
    try (RealPodman podman = RealPodman.orSkip();
        RootlessUser user = RootlessUser.orSkip(podman)) {
      PodmanAdapter adapter =
          new PodmanAdapter(
              user, new VolumeSettings(List.of("*"), List.of(), Encoding.NONE, Set.of()), journal);
      String data =
          user.unshared(
                  "podman volume create --label=a=b data >/dev/null; podman volume inspect"
                      + " --format={{.Mountpoint}} data")
              .strip();
      user.unshared(
          "cd \"$1\"; echo x > file; mkdir sub; echo y > sub/owned; chown 33:44 sub/owned;"
              + " ln file hard; ln -s file link; truncate -s 50M sparse; setfattr -n user.a -v b"
              + " file; setfacl -m u:55:rw file; chmod 4755 sub/owned; chown 999:999 sub .;"
              + " chmod 02770 .; touch -d '2001-02-03 04:05:06.123456789' sub .",
          data);
      String before = user.unshared(TELL, data);
      assertThat(before).contains("999:999", "33:44");

      Path tar = folder.resolve("data.tar");
      ExportReport report = export(adapter, tar);

      user.unshared("cd \"$1\"; rm file; chmod 0700 .; echo stray > stray", data);
      restore(adapter, tar, report, true);
      assertThat(user.unshared(TELL, data)).isEqualTo(before);

      user.unshared("podman volume rm data >/dev/null");
      assertThat(restore(adapter, tar, report, false)).isEmpty();
      assertThat(user.unshared(TELL, data)).isEqualTo(before);
      assertThat(user.unshared("ls \"$1/..\"", data).strip()).isEqualTo("_data");
      assertThat(user.unshared("podman volume inspect data")).doesNotContain("NeedsChown");
      assertThat(journal.open()).isEmpty();
    }
  }

  private ExportReport export(PodmanAdapter adapter, Path tar) throws IOException {
    Discovery discovery = adapter.source().discover(Selection.all(), cancellation);
    assertThat(discovery.artifacts())
        .extracting(ArtifactSpec::id)
        .containsExactly(ArtifactId.volume("data"));
    try (OutputStream out = Files.newOutputStream(tar)) {
      return adapter
          .source()
          .export(discovery.artifacts().get(0), out, OutputStream.nullOutputStream(), cancellation);
    }
  }

  private List<String> restore(
      PodmanAdapter adapter, Path tar, ExportReport report, boolean replace) throws IOException {
    PreparedRestore prepared =
        adapter
            .destination()
            .prepare(
                new RestoreItem(
                    ArtifactId.volume("data"),
                    "data",
                    new FileContent(tar),
                    Optional.empty(),
                    report.origin(),
                    replace),
                cancellation);
    assertThat(prepared.obstacles()).isEmpty();
    return prepared.run(cancellation);
  }
}
