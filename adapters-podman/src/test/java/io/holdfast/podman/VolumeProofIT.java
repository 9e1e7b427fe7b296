package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector.Recorded;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.TreeFingerprint;
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
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class VolumeProofIT {

  @TempDir private Path folder = Path.of("");

  private final RealPodman podman = RealPodman.orSkip();
  private final Cancellation cancellation = new Cancellation();
  private final PodmanAdapter adapter =
      new PodmanAdapter(
          new HostCommandRunner(),
          new VolumeSettings(List.of(podman.name("*")), List.of(), Encoding.NONE, Set.of()),
          new MemoryJournal());
  private String volume = "";
  private Path data = Path.of("");

  @BeforeEach
  void makeAVolume() {
    volume = podman.volume("proved");
    data = podman.dataFolder(volume);
    bash(
        """
        mkdir -p a/b empty; echo report > a/b/report.pdf; chmod 640 a/b/report.pdf
        chown 999:999 a/b/report.pdf; ln a/b/report.pdf zz-hard; ln -s a/b link
        setfattr -n user.note -v 1 a/b/report.pdf; setfacl -m u:4711:rwx a
        truncate -s 64M sparse; printf x | dd of=sparse bs=1 seek=33000000 conv=notrunc status=none
        touch "$(printf 'new\\nline')" 'back\\slash'; mkfifo fifo; mknod null c 1 3; chmod 2750 .
        """);
  }

  @AfterEach
  void clean() {
    podman.close();
  }

  @Test
  void everyWayToTamperWithAVolumeIsNamed() throws IOException {
    Exported exported = export();
    assertThat(prove(exported)).isEmpty();

    tampered(exported, "touch a/b/report.pdf a .", "");
    tampered(
        exported,
        "printf R | dd of=a/b/report.pdf bs=1 conv=notrunc status=none",
        "printf r | dd of=a/b/report.pdf bs=1 conv=notrunc status=none",
        "file ./a/b/report.pdf has other content");
    tampered(
        exported,
        "printf X | dd of=sparse bs=1 conv=notrunc status=none",
        "printf '\\0' | dd of=sparse bs=1 conv=notrunc status=none",
        "file ./sparse has other content");
    tampered(
        exported,
        "chmod 644 fifo; chmod u+s null",
        "chmod 644 fifo; chmod u-s null",
        "file ./null had mode 0644, has 4644");
    tampered(exported, "chown 0:7 empty", "chown 0:0 empty", "folder ./empty had group 0, has 7");
    tampered(
        exported,
        "chown 5 .; chmod 2750 .",
        "chown 0 .; chmod 2750 .",
        "folder . had owner 0, has 5");
    tampered(exported, "rm fifo", "mkfifo fifo", "file ./fifo is missing");
    tampered(
        exported,
        "touch a/b.stray zzz",
        "rm a/b.stray zzz",
        "file ./a/b.stray is there and was not before",
        "file ./zzz is there and was not before");
    tampered(
        exported,
        "setfattr -n user.note -v 2 a/b/report.pdf",
        "setfattr -n user.note -v 1 a/b/report.pdf",
        "file ./a/b/report.pdf has other extended attributes or ACLs");
    tampered(
        exported,
        "setfacl -m u:4711:rx,m::rwx a",
        "setfacl -m u:4711:rwx a",
        "folder ./a has other extended attributes or ACLs");
    tampered(
        exported, "ln -sfn a/c link", "ln -sfn a/b link", "file ./link led to a/b, leads to a/c");
    tampered(
        exported,
        "cp -p zz-hard y; mv y zz-hard",
        "ln -f a/b/report.pdf zz-hard",
        "file ./zz-hard was a hard link to ./a/b/report.pdf, is a file");
    tampered(
        exported,
        "rm null; mknod null c 1 5",
        "rm null; mknod null c 1 3",
        "file ./null had device native,1,3, has native,1,5");
    tampered(
        exported,
        "rm \"$(printf 'new\\nline')\"; rmdir empty; echo more >> back\\\\slash",
        "touch \"$(printf 'new\\nline')\"; mkdir empty; chmod g-s empty; : > back\\\\slash",
        "file ./back\\slash has other content; had 0 bytes, has 5",
        "folder ./empty is missing",
        "file ./new?line is missing");
  }

  @Test
  void withoutAListingItIsToldThatTheTreeDiffers() throws IOException {
    Exported exported = export();
    bash("rm fifo");

    List<Difference> differences = prove(exported.fingerprint, Optional.empty());

    assertThat(differences)
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).startsWith("tree had 12 files and folders, "));
  }

  @Test
  void aDoctoredListingHidesNothing() throws IOException {
    Exported exported = export();
    bash("rm fifo");
    Path doctored = folder.resolve("doctored");
    podman.bash("grep -v fifo \"$1\" > \"$2\"", exported.listing, doctored);

    List<Difference> differences =
        prove(exported.fingerprint, Optional.of(new FileContent(doctored)));

    assertThat(differences)
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).contains("does not fit the fingerprint"));
  }

  @Test
  void moreThanAThousandDifferencesAreCounted() throws IOException {
    Exported exported = export();
    bash("mkdir many; cd many; seq 1100 | xargs touch");

    List<Difference> differences = prove(exported);

    assertThat(differences).hasSize(Proof.MOST_DIFFERENCES + 1);
    assertThat(differences.get(Proof.MOST_DIFFERENCES).describe())
        .isEqualTo("tree differs in 101 more files");
  }

  @Test
  void theInspectorHoldsTheTarAgainstBoth() throws IOException {
    Exported exported = export();
    ArtifactId id = ArtifactId.volume(volume);
    FileContent tar = new FileContent(exported.tar);
    Optional<ArtifactContent> listing = Optional.of(new FileContent(exported.listing));
    Path other = folder.resolve("other");
    podman.bash("sed 's/mode=0640/mode=0644/' \"$1\" > \"$2\"", exported.listing, other);
    TreeFingerprint wrong =
        new TreeFingerprint(
            exported.fingerprint.files(),
            exported.fingerprint.bytes(),
            new Checksum("0".repeat(64)));
    TarInspector inspector = new TarInspector();

    assertThat(
            inspector.inspect(
                id, tar, new Recorded(Optional.of(exported.fingerprint), listing), cancellation))
        .isEqualTo(exported.fingerprint.files());
    Assertions.assertThatThrownBy(
            () ->
                inspector.inspect(
                    id,
                    tar,
                    new Recorded(
                        Optional.of(exported.fingerprint), Optional.of(new FileContent(other))),
                    cancellation))
        .hasMessageContaining("not that of its tar, at the tar's ./a/b/report.pdf");
    Assertions.assertThatThrownBy(
            () ->
                inspector.inspect(
                    id, tar, new Recorded(Optional.of(wrong), Optional.empty()), cancellation))
        .hasMessageContaining("the manifest's fingerprint");
  }

  private void tampered(Exported exported, String how, String back, String... named)
      throws IOException {
    bash(how);
    assertThat(prove(exported)).extracting(Difference::describe).containsExactly(named);
    bash(back);
    assertThat(prove(exported)).as("after " + back).isEmpty();
  }

  private List<Difference> prove(Exported exported) throws IOException {
    return prove(exported.fingerprint, Optional.of(new FileContent(exported.listing)));
  }

  private List<Difference> prove(Fingerprint expected, Optional<ArtifactContent> listing)
      throws IOException {
    return adapter
        .proof()
        .compare(ArtifactId.volume("was another"), volume, expected, listing, cancellation)
        .differences();
  }

  private Exported export() throws IOException {
    ArtifactSpec spec = adapter.source().discover(Selection.all(), cancellation).artifacts().get(0);
    assertThat(spec.listed()).isTrue();
    Path tar = folder.resolve("volume.tar");
    Path listing = folder.resolve("volume.mtree");
    try (OutputStream sink = Files.newOutputStream(tar);
        OutputStream lines = Files.newOutputStream(listing)) {
      ExportReport report = adapter.source().export(spec, sink, lines, cancellation);
      return new Exported(tar, listing, (TreeFingerprint) report.fingerprint().orElseThrow());
    }
  }

  private void bash(String script) {
    podman.bash("cd \"$1\"; " + script, data);
  }

  private record Exported(Path tar, Path listing, TreeFingerprint fingerprint) {}
}
