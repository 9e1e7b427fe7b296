package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.recovery.Intent.SwapVolume;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin.FromVolume;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.FileContent;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class VolumeRestoreIT {

  @TempDir private Path folder = Path.of("");

  private final RealPodman podman = RealPodman.orSkip();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();
  private final PodmanAdapter adapter =
      new PodmanAdapter(
          new HostCommandRunner(),
          new VolumeSettings(List.of("*"), List.of(), Encoding.NONE, Set.of()),
          journal);
  private String volume = "";
  private Path data = Path.of("");
  private Path tar = Path.of("");

  @BeforeEach
  void makeAVolumeAndATarOfOtherContent() {
    volume = podman.volume("data");
    data = podman.dataFolder(volume);
    // Podman changes the root folder at its first mount: that is behind us then.
    podman.run(
        "podman", "run", "--rm", "--entrypoint=true", "-v", volume + ":/v", RealPodman.IMAGE);
    podman.bash("echo old > \"$1/file\"; chown 7:7 \"$1\"", data);
    tar = folder.resolve("new.tar");
    podman.bash(
        "mkdir \"$1/new\"; echo new > \"$1/new/file\"; head -c 3000000 /dev/urandom >\"$1/new/big\";"
            + " chmod 0750 \"$1/new\"; chown 999:999 \"$1/new\"; tar -C \"$1/new\" -cf \"$2\" .",
        folder,
        tar);
  }

  @AfterEach
  void leavesNothing() throws IOException {
    try (podman) {
      if (Files.exists(data.getParent())) {
        try (Stream<Path> siblings = Files.list(data.getParent())) {
          assertThat(siblings).allMatch(path -> path.endsWith("_data"));
        }
      }
      assertThat(journal.open()).isEmpty();
      assertThat(podman.run("podman", "ps", "--all", "--format={{.Names}}"))
          .doesNotContain("holdfast-first-mount-of-" + podman.name(""));
      assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
  }

  @Test
  void whatRanRunsAgainAndSeesTheNewDataAndWhatDidNotStaysStopped() throws IOException {
    String runs = podman.sleeper("runs", "--volume=" + volume + ":/v");
    String stopped = podman.sleeper("stopped", "--volume=" + volume + ":/v");
    String other = podman.sleeper("other");
    podman.run("podman", "stop", "--time=0", stopped);
    String otherSince = startedAt(other);
    PreparedRestore prepared = prepare(new FileContent(tar), true);

    assertThat(prepared.obstacles()).isEmpty();
    assertThat(prepared.steps())
        .containsSequence("stop container " + runs, "put the extracted data in place: " + data)
        .contains("start container " + runs)
        .noneMatch(step -> step.contains(stopped));
    prepared.run(cancellation);

    assertThat(podman.run("podman", "exec", runs, "cat", "/v/file")).isEqualTo("new\n");
    assertThat(podman.run("stat", "--format=%a %u:%g", "" + data).strip()).isEqualTo("750 999:999");
    assertThat(podman.state(stopped)).isEqualTo("exited");
    assertThat(startedAt(other)).isEqualTo(otherSince);
  }

  @Test
  void aVolumeThatExistsIsInTheWayUnlessItMayBeReplaced() throws IOException {
    assertThat(prepare(new FileContent(tar), false).obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.problem()).isEqualTo("volume " + volume + " exists");
              assertThat(obstacle.remedy()).contains("--force").contains("--as");
            });
    assertOldData();
  }

  @Test
  void aContainerThatWouldVanishOrIsPausedIsInTheWay() throws IOException {
    String passing = podman.sleeper("passing", "--rm", "--volume=" + volume + ":/v");
    String paused = podman.sleeper("paused", "--volume=" + volume + ":/v");
    podman.run("podman", "pause", paused);
    try {
      assertThat(prepare(new FileContent(tar), true).obstacles())
          .extracting(PreparedRestore.Obstacle::problem)
          .anySatisfy(problem -> assertThat(problem).contains(passing).contains("--rm"))
          .anySatisfy(problem -> assertThat(problem).contains(paused).contains("paused"));
    } finally {
      podman.run("podman", "unpause", paused);
    }
  }

  @Test
  void aTmpfsOrAForeignDriverIsInTheWay() throws IOException {
    String tmpfs = podman.volume("tmpfs", "--opt=type=tmpfs", "--opt=device=tmpfs");
    FromVolume plugin = new FromVolume("someplugin", Map.of(), Map.of());

    assertThat(prepare(tmpfs, plugin, new FileContent(tar), true).obstacles())
        .singleElement()
        .satisfies(obstacle -> assertThat(obstacle.problem()).contains("file system of its own"));
    assertThat(prepare("hf-it-none", plugin, new FileContent(tar), true).obstacles())
        .singleElement()
        .satisfies(obstacle -> assertThat(obstacle.problem()).contains("plugin"));
  }

  @Test
  void otherLabelsThanThoseOfTheBackupAreWarnedOf() throws IOException {
    FromVolume origin = new FromVolume("local", Map.of("a", "b"), Map.of());

    assertThat(prepare(volume, origin, new FileContent(tar), true).run(cancellation))
        .anySatisfy(warning -> assertThat(warning).contains("other labels or options"));
  }

  @Test
  void aBoundVolumeIsSwappedWhereItIsBound() throws IOException {
    Path device = Files.createDirectory(folder.resolve("device"));
    Files.writeString(device.resolve("file"), "old\n");
    String bound =
        podman.volume("bound", "--opt=type=none", "--opt=o=bind", "--opt=device=" + device);
    String runs = podman.sleeper("runs", "--volume=" + bound + ":/v");
    FromVolume origin =
        new FromVolume(
            "local", Map.of(), Map.of("type", "none", "o", "bind", "device", "" + device));

    prepare(bound, origin, new FileContent(tar), true).run(cancellation);

    assertThat(podman.run("podman", "exec", runs, "cat", "/v/file")).isEqualTo("new\n");
    assertThat(device.resolve("file")).hasContent("new\n");
    assertThat(folder.resolve("device.holdfast-outgoing")).doesNotExist();
    assertThat(folder.resolve("device.holdfast-incoming")).doesNotExist();
  }

  @Test
  void aContentThatFailsAtItsEndChangesNothing() throws IOException {
    String runs = podman.sleeper("runs", "--volume=" + volume + ":/v");
    String since = startedAt(runs);
    ArtifactContent damaged =
        new ChangedContent(tar) {
          @Override
          void atEnd() throws IOException {
            throw new IOException("the checksum does not match");
          }
        };

    assertThatThrownBy(() -> prepare(damaged, true).run(cancellation))
        .hasMessage("the checksum does not match");
    assertOldData();
    assertThat(startedAt(runs)).isEqualTo(since);
  }

  @Test
  void aCutTarAndAClimbingOneChangeNothing() throws IOException {
    Path cut = folder.resolve("cut.tar");
    Path climbing = folder.resolve("climbing.tar");
    podman.bash("head -c 1000000 \"$1\" > \"$2\"", tar, cut);
    podman.bash("cd \"$1\"; tar -P -cf \"$2\" ../new/file", folder.resolve("new"), climbing);

    for (Path bad : List.of(cut, climbing)) {
      assertThatThrownBy(() -> prepare(new FileContent(bad), true).run(cancellation))
          .isInstanceOf(IntegrityFailure.class)
          .hasMessageContaining("must not be restored");
      assertOldData();
    }
  }

  @Test
  void aVolumeThatWasMadeForAFailedRestoreIsGoneAgain() throws IOException {
    Path cut = folder.resolve("cut.tar");
    podman.bash("head -c 1000000 \"$1\" > \"$2\"", tar, cut);
    String fresh = podman.name("fresh");
    podman.removeVolumeAtEnd(fresh);
    PreparedRestore prepared = prepare(fresh, plain(), new FileContent(cut), false);

    assertThat(prepared.steps()).startsWith("create volume " + fresh);
    assertThatThrownBy(() -> prepared.run(cancellation)).isInstanceOf(IntegrityFailure.class);
    assertThat(podman.run("podman", "volume", "ls", "--quiet")).doesNotContain(fresh);
  }

  @Test
  void cancellingWhileItExtractsLeavesAllAsItWas() throws IOException {
    String runs = podman.sleeper("runs", "--volume=" + volume + ":/v");
    String since = startedAt(runs);
    ArtifactContent slow =
        new ChangedContent(tar) {
          @Override
          void atRead() {
            cancellation.cancel();
          }
        };

    assertThatThrownBy(() -> prepare(slow, true).run(cancellation))
        .isInstanceOf(InterruptedFailure.class);
    assertOldData();
    assertThat(startedAt(runs)).isEqualTo(since);
  }

  @Test
  void aContainerThatDoesNotStartOnTheNewDataGetsTheOldBack() throws IOException {
    Path working = Files.createDirectory(folder.resolve("needed"));
    String picky =
        podman.sleeper("picky", "--volume=" + volume + ":/v", "--volume=" + working + ":/needed");
    ArtifactContent sabotage =
        new ChangedContent(tar) {
          @Override
          void atEnd() throws IOException {
            Files.delete(working);
          }
        };

    assertThatThrownBy(() -> prepare(sabotage, true).run(cancellation))
        .isInstanceOf(SourceFailure.class)
        .satisfies(
            failure -> assertThat(((Failure) failure).hint()).contains("podman start " + picky));
    assertOldData();

    // The container still does not start, so the intent stays, and the next run makes it good.
    assertThat(journal.open())
        .containsExactly(new HoldContainers(List.of(picky), HoldContainers.How.STOPPED));
    Files.createDirectory(working);
    undoAll();
    assertThat(podman.run("podman", "exec", picky, "cat", "/v/file")).isEqualTo("old\n");
  }

  /** The points at which a restore may be killed. */
  enum Point {
    BEFORE_ANYTHING,
    EXTRACTING,
    BETWEEN_THE_RENAMES,
    AFTER_THE_RENAMES,
    DELETING
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aKilledRestoreIsUndoneOrEndedFromWhereverItWas(Point point) throws IOException {
    String runs = podman.sleeper("runs", "--volume=" + volume + ":/v");
    SwapVolume swap =
        new SwapVolume(
            volume, "" + data, data + ".holdfast-incoming", data + ".holdfast-outgoing", false);
    journal.record(swap);
    if (point != Point.BEFORE_ANYTHING) {
      podman.bash("cp -a \"$1\" \"$2\"", folder.resolve("new"), swap.incoming());
    }
    if (point.compareTo(Point.EXTRACTING) > 0) {
      journal.record(new HoldContainers(List.of(runs), HoldContainers.How.STOPPED));
      podman.run("podman", "stop", runs);
      podman.run("mv", "-T", "" + data, swap.outgoing());
    }
    if (point.compareTo(Point.BETWEEN_THE_RENAMES) > 0) {
      podman.run("mv", "-T", swap.incoming(), "" + data);
    }
    if (point == Point.DELETING) {
      podman.run("rm", swap.outgoing() + "/file");
    }

    undoAll();
    journal.record(swap);
    undoAll();

    boolean reached = point.compareTo(Point.AFTER_THE_RENAMES) >= 0;
    assertThat(podman.run("podman", "exec", runs, "cat", "/v/file"))
        .isEqualTo(reached ? "new\n" : "old\n");
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aKilledRestoreOfANewVolumeIsUndoneOrEndedToo(Point point) {
    String fresh = podman.volume("fresh");
    Path freshData = podman.dataFolder(fresh);
    SwapVolume swap =
        new SwapVolume(
            fresh,
            "" + freshData,
            freshData + ".holdfast-incoming",
            freshData + ".holdfast-outgoing",
            true);
    journal.record(swap);
    if (point != Point.BEFORE_ANYTHING) {
      podman.bash("cp -a \"$1\" \"$2\"", folder.resolve("new"), swap.incoming());
    }
    if (point.compareTo(Point.EXTRACTING) > 0) {
      podman.run("mv", "-T", "" + freshData, swap.outgoing());
    }
    if (point.compareTo(Point.BETWEEN_THE_RENAMES) > 0) {
      podman.run("mv", "-T", swap.incoming(), "" + freshData);
    }

    undoAll();

    boolean reached = point.compareTo(Point.AFTER_THE_RENAMES) >= 0;
    assertThat(podman.run("podman", "volume", "ls", "--quiet").lines().anyMatch(fresh::equals))
        .isEqualTo(reached);
    assertThat(Files.exists(freshData.resolve("file"))).isEqualTo(reached);
    assertThat(Files.exists(Path.of(swap.incoming()))).isFalse();
    assertThat(Files.exists(Path.of(swap.outgoing()))).isFalse();
  }

  @Test
  void nothingIsDeletedWhenSomebodyMadeTheDataFolderMeanwhile() throws IOException {
    SwapVolume swap =
        new SwapVolume(
            volume, "" + data, data + ".holdfast-incoming", data + ".holdfast-outgoing", false);
    Files.createDirectory(Path.of(swap.incoming()));
    Files.createDirectory(Path.of(swap.outgoing()));

    assertThatThrownBy(() -> adapter.undoer().undo(swap, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining(swap.outgoing());
    assertThat(Path.of(swap.outgoing())).exists();

    Files.delete(Path.of(swap.incoming()));
    Files.delete(Path.of(swap.outgoing()));
  }

  @Test
  void aRemnantThatNobodyRemembersIsInTheWay() throws IOException {
    Path remnant = Files.createDirectory(Path.of(data + ".holdfast-outgoing"));
    try {
      assertThat(prepare(new FileContent(tar), true).obstacles())
          .singleElement()
          .satisfies(obstacle -> assertThat(obstacle.problem()).contains("" + remnant));
    } finally {
      Files.delete(remnant);
    }
  }

  private void undoAll() {
    Undoer undoer = adapter.undoer();
    journal
        .abandoned()
        .forEach(
            entry -> {
              Intent intent = entry.intent();
              assertThat(undoer.knows(intent)).isTrue();
              assertThat(undoer.undo(intent, cancellation)).isNotEmpty();
              entry.strike();
            });
  }

  private PreparedRestore prepare(ArtifactContent content, boolean replace) throws IOException {
    return prepare(volume, plain(), content, replace);
  }

  private PreparedRestore prepare(
      String target, FromVolume origin, ArtifactContent content, boolean replace)
      throws IOException {
    return adapter
        .destination()
        .prepare(
            new RestoreItem(
                ArtifactId.volume("original"), target, content, Optional.empty(), origin, replace),
            cancellation);
  }

  private static FromVolume plain() {
    return new FromVolume("local", Map.of(), Map.of());
  }

  private void assertOldData() {
    assertThat(data.resolve("file")).hasContent("old\n");
    assertThat(podman.run("stat", "--format=%u:%g", "" + data).strip()).isEqualTo("7:7");
  }

  private String startedAt(String container) {
    return podman.run("podman", "container", "inspect", "--format={{.State.StartedAt}}", container);
  }

  /** A file's content with something happening as it is read. */
  private abstract static class ChangedContent implements ArtifactContent {

    private final Path file;

    ChangedContent(Path file) {
      this.file = file;
    }

    void atRead() {}

    void atEnd() throws IOException {}

    @Override
    public InputStream open() throws IOException {
      return new FilterInputStream(Files.newInputStream(file)) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = super.read(bytes, offset, length);
          if (count < 0) {
            atEnd();
          } else {
            atRead();
          }
          return count;
        }
      };
    }

    @Override
    public Optional<Path> localFile() {
      return Optional.empty();
    }

    @Override
    public long storedBytes() {
      return file.toFile().length();
    }

    @Override
    public String describe() {
      return "set of the test";
    }
  }
}
