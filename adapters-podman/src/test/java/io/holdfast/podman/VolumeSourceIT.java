package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class VolumeSourceIT {

  private final RealPodman podman = RealPodman.orSkip();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void leavesNothing() {
    try (podman) {
      assertThat(journal.open()).isEmpty();
      assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
  }

  @Test
  void findsVolumesLargestFirstAndTheContainersThatMountThem() {
    String small = podman.volume("small");
    String large = podman.volume("large");
    podman.volume("left-out");
    podman.bash("head -c 5000000 /dev/urandom > \"$1/f\"", podman.dataFolder(large));
    String user = podman.sleeper("user", "--volume=" + small + ":/v");
    podman.sleeper("stranger");

    Discovery found = discover(List.of(podman.name("*")), List.of("*-left-out"), Set.of(user));

    assertThat(found.failures()).isEmpty();
    assertThat(found.warnings()).isEmpty();
    assertThat(found.artifacts())
        .extracting(ArtifactSpec::id)
        .containsExactly(
            ArtifactId.volume(large), ArtifactId.volume(small), ArtifactId.container(user));
    assertThat(found.artifacts())
        .extracting(ArtifactSpec::holds)
        .containsExactly(Set.of(), Set.of(user), Set.of());
    assertThat(found.artifacts().get(0).estimatedBytes().orElse(0)).isGreaterThan(4_900_000);
    assertThat(found.artifacts().get(2).encoding()).isEqualTo(Encoding.NONE);
  }

  @Test
  void aNameInFullThatIsNotThereIsAFailureAndAGlobIsNot() {
    String missing = podman.name("missing");

    assertThat(discover(List.of(missing, podman.name("no*")), List.of(), Set.of()).failures())
        .containsExactly(
            new FailedArtifact(ArtifactId.volume(missing), "There is no such volume."));
  }

  @Test
  void theDataOfARunningServerIsLeftOutAndNamedInFullAFailure() {
    String volume = podman.volume("pg");
    String server = podman.sleeper("server", "--volume=" + volume + ":/var/lib/postgresql");
    podman.bash(
        "mkdir -p \"$1/15/data\"; echo 15 > \"$1/15/data/PG_VERSION\"; echo 1 >"
            + " \"$1/15/data/postmaster.pid\"",
        podman.dataFolder(volume));

    Discovery byGlob = discover(List.of(podman.name("*")), List.of(), Set.of());
    assertThat(byGlob.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w).contains(volume, "running PostgreSQL", "15/data", server));
    assertThat(byGlob.artifacts())
        .extracting(ArtifactSpec::id)
        .containsExactly(ArtifactId.container(server));
    assertThat(scouted(volume).runningServer()).isTrue();

    assertThat(discover(List.of(volume), List.of(), Set.of()).failures())
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).contains("running PostgreSQL"));
    assertThat(discover(List.of("*"), List.of(), Set.of(), List.of(volume)).failures()).hasSize(1);

    assertThat(ids(discover(List.of(volume), List.of(), Set.of(server))))
        .contains(ArtifactId.volume(volume));
    podman.run("podman", "stop", "--time=0", server);
    assertThat(ids(discover(List.of(volume), List.of(), Set.of())))
        .contains(ArtifactId.volume(volume));
    assertThat(scouted(volume).runningServer()).isFalse();
  }

  @Test
  void aContainersInspectionHasNoSecret() throws IOException {
    String container = podman.sleeper("c", "--env=DB_PASSWORD=hunter2-of-it", "--label=tier=1");
    ByteArrayOutputStream sink = new ByteArrayOutputStream();

    ExportReport report =
        adapter(List.of("*"), List.of(), Set.of())
            .source()
            .export(
                spec(ArtifactId.container(container)),
                sink,
                OutputStream.nullOutputStream(),
                cancellation);

    String document = sink.toString(StandardCharsets.UTF_8);
    assertThat(document).startsWith("[").contains(container).contains("DB_PASSWORD=(redacted)");
    assertThat(document).doesNotContain("hunter2-of-it");
    assertThat(report.entries()).isEqualTo(1);
  }

  @Test
  void filesThatChangeWhileTheyAreReadAreNamedAndSocketsCounted() throws IOException {
    String volume = podman.volume("busy");
    Path data = podman.dataFolder(volume);
    podman.bash(
        "head -c 60000000 /dev/zero > \"$1/growing\"; perl -MIO::Socket::UNIX -e"
            + " 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1)' \"$1/sock\"",
        data);
    OutputStream slow =
        new OutputStream() {
          private int writes;

          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            if (writes++ == 10) {
              podman.bash("echo more >> \"$1/growing\"", data);
            }
          }
        };

    ExportReport report = export(volume, slow);

    assertThat(report.warnings())
        .containsExactly(
            "growing changed while it was read; its copy may be a mixture.",
            "The socket sock is not in the archive: tar cannot hold sockets.");
  }

  @Test
  void cancellingAnExportEndsTar() {
    String volume = podman.volume("large");
    podman.bash("head -c 60000000 /dev/zero > \"$1/f\"", podman.dataFolder(volume));
    OutputStream cancelling =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            cancellation.cancel();
          }
        };

    assertThatThrownBy(() -> export(volume, cancelling)).isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void whatTheSinkThrowsComesThrough() {
    String volume = podman.volume("large");
    podman.bash("head -c 6000000 /dev/zero > \"$1/f\"", podman.dataFolder(volume));
    IOException full = new IOException("target full");
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            throw full;
          }
        };

    assertThatThrownBy(() -> export(volume, failing)).isSameAs(full);
  }

  @Test
  void aVolumeThatIsAFileSystemIsMountedWhileItIsReadAndNoLonger() throws IOException {
    String volume = podman.volume("tmpfs", "--opt=type=tmpfs", "--opt=device=tmpfs");
    ByteArrayOutputStream sink = new ByteArrayOutputStream();

    assertThat(export(volume, sink).entries()).isEqualTo(1);
    assertThat(mountCount(volume)).isEqualTo("0");

    String user = podman.sleeper("user", "--volume=" + volume + ":/v");
    podman.run("podman", "exec", user, "sh", "-c", "echo x > /v/f");
    assertThat(export(volume, new ByteArrayOutputStream()).entries()).isEqualTo(2);
    assertThat(mountCount(volume)).isEqualTo("1");
  }

  @Test
  void holdsAContainerThatRunsAndLetsItGoOnce() {
    String one = podman.sleeper("one");
    String stopped = podman.sleeper("stopped");
    podman.run("podman", "stop", "--time=0", stopped);
    PodmanAdapter adapter = adapter(List.of(), List.of(), Set.of());

    Hold.Held held = adapter.hold().hold(one, cancellation);
    adapter.hold().hold(stopped, cancellation).close();
    adapter.hold().hold("hf-it-none", cancellation).close();
    assertThat(podman.state(one)).isEqualTo("paused");
    assertThat(journal.open())
        .containsExactly(new HoldContainers(List.of(one), HoldContainers.How.PAUSED));

    held.close();
    podman.run("podman", "pause", one);
    held.close();
    assertThat(podman.state(one)).isEqualTo("paused");
    podman.run("podman", "unpause", one);
    assertThat(podman.state(stopped)).isEqualTo("exited");
  }

  @Test
  void aPauseThatAKilledRunLeftIsUndone() {
    String one = podman.sleeper("one");
    podman.run("podman", "pause", one);
    HoldContainers left = new HoldContainers(List.of(one, "hf-it-none"), HoldContainers.How.PAUSED);
    PodmanAdapter adapter = adapter(List.of(), List.of(), Set.of());

    assertThat(adapter.undoer().undo(left, cancellation)).contains(one + " was unpaused");
    assertThat(adapter.undoer().undo(left, cancellation)).contains(one + " was not paused");
    assertThat(podman.state(one)).isEqualTo("running");
  }

  @Test
  void whatRanBeforeIsStartedEvenIfItIsStillStopping() {
    String slow = podman.sleeper("slow", "--stop-timeout=4", "--stop-signal=SIGWINCH");
    HoldContainers left = new HoldContainers(List.of(slow), HoldContainers.How.STOPPED);
    podman.bash("timeout --signal=KILL 1 podman stop \"$1\" || true", slow);

    String done = adapter(List.of(), List.of(), Set.of()).undoer().undo(left, cancellation);

    assertThat(done).contains("was started again");
    assertThat(podman.state(slow)).isEqualTo("running");
  }

  @Test
  void theProbeTellsWhatIsReadyAndWhatIsNot() {
    String volume = podman.volume("ready");
    List<HealthProbe.Finding> findings =
        adapter(List.of(volume, podman.name("missing")), List.of(), Set.of("hf-it-none"))
            .probe()
            .probe(cancellation);

    assertThat(findings)
        .extracting(f -> f.subject() + " " + f.level())
        .containsExactly(
            "podman OK",
            "tar OK",
            "volume " + podman.name("missing") + " FAILED",
            "volume " + volume + " OK",
            "container hf-it-none FAILED");
  }

  @Test
  void theScoutFindsServersByTheirPublishedPort() {
    String server =
        podman.sleeper("server", "--publish=127.0.0.1::5432", "--env=POSTGRES_USER=umig_admin");
    String port = podman.run("podman", "port", server, "5432/tcp").strip();

    HostScout.Sighting sighting = PodmanAdapter.scout(new HostCommandRunner()).look(cancellation);

    assertThat(sighting.clusters())
        .filteredOn(cluster -> cluster.name().equals(server))
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.host() + ":" + cluster.port()).isEqualTo(port);
              assertThat(cluster.user()).contains("umig_admin");
              assertThat(cluster.container()).contains(server);
            });
  }

  @Test
  void aVolumeThatIsGoneIsNamed() {
    assertThatThrownBy(() -> export("hf-it-none", OutputStream.nullOutputStream()))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("Volume hf-it-none is gone.");
  }

  private HostScout.Volume scouted(String volume) {
    return PodmanAdapter.scout(new HostCommandRunner()).look(cancellation).volumes().stream()
        .filter(found -> found.name().equals(volume))
        .findFirst()
        .orElseThrow();
  }

  private String mountCount(String volume) {
    return podman.run("podman", "volume", "inspect", "--format={{.MountCount}}", volume).strip();
  }

  private ExportReport export(String volume, OutputStream sink) throws IOException {
    return adapter(List.of(volume), List.of(), Set.of())
        .source()
        .export(
            spec(ArtifactId.volume(volume)), sink, OutputStream.nullOutputStream(), cancellation);
  }

  private static ArtifactSpec spec(ArtifactId id) {
    return new ArtifactSpec(id, Encoding.NONE, OptionalLong.empty(), Set.of());
  }

  private static List<ArtifactId> ids(Discovery discovery) {
    return discovery.artifacts().stream().map(ArtifactSpec::id).toList();
  }

  private Discovery discover(List<String> include, List<String> exclude, Set<String> pause) {
    return discover(include, exclude, pause, List.of());
  }

  private Discovery discover(
      List<String> include, List<String> exclude, Set<String> pause, List<String> only) {
    return adapter(include, exclude, pause)
        .source()
        .discover(new Selection(Set.of(ArtifactKind.VOLUME), only), cancellation);
  }

  private PodmanAdapter adapter(List<String> include, List<String> exclude, Set<String> pause) {
    return new PodmanAdapter(
        new HostCommandRunner(),
        new VolumeSettings(include, exclude, Encoding.GZIP, pause),
        journal);
  }
}
