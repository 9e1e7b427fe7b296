package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are stopped for the hold, by themselves or by their unit, and frozen volumes. */
@Timeout(300)
class HoldAndFreezeIT {

  @TempDir private Path folder;

  private final RealPodman podman = RealPodman.orSkip();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void leavesNothing() {
    try (podman) {
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void eachContainerIsStoppedAndStartedAgainByItself() {
    String one = podman.sleeper("one");
    String two = podman.sleeper("two");
    PodmanAdapter adapter = adapter(new HostCommandRunner(), HoldBy.STOP, true, Set.of());

    Hold.Held first = adapter.hold().hold(one, cancellation);
    Hold.Held second = adapter.hold().hold(two, cancellation);
    assertThat(podman.state(one)).isEqualTo("exited");
    assertThat(podman.state(two)).isEqualTo("exited");
    assertThat(journal.open())
        .containsExactly(
            new HoldContainers(List.of(one), HoldContainers.How.STOPPED),
            new HoldContainers(List.of(two), HoldContainers.How.STOPPED));
    second.close();
    assertThat(podman.state(one)).isEqualTo("exited");
    assertThat(podman.state(two)).isEqualTo("running");
    first.close();

    assertThat(podman.state(one)).isEqualTo("running");
  }

  @Test
  void aContainerThatWouldBeGoneIsNotStopped() {
    String brief = podman.sleeper("brief", "--rm");
    Hold hold = adapter(new HostCommandRunner(), HoldBy.STOP, true, Set.of()).hold();

    assertThatThrownBy(() -> hold.hold(brief, cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("cannot be stopped")
        .hasMessageContaining("--rm");
    assertThat(podman.state(brief)).isEqualTo("running");
  }

  @Test
  void aContainerOfAUnitIsStoppedAndStartedThroughIt() throws IOException {
    String name = podman.name("quadlet");
    String unit = name + ".service";
    podman.sleeper("quadlet", "--rm", "--label=PODMAN_SYSTEMD_UNIT=" + unit);
    Systemctl systemctl = new Systemctl(unit, name);
    PodmanAdapter adapter = adapter(systemctl, HoldBy.STOP, true, Set.of());

    Hold.Held held = adapter.hold().hold(name, cancellation);
    HoldContainers intent =
        new HoldContainers(
            List.of(name),
            HoldContainers.How.STOPPED,
            Map.of(name, unit),
            List.of("proxy.service"));
    assertThat(journal.open()).containsExactly(intent);
    assertThat(systemctl.running).isFalse();
    held.close();

    assertThat(systemctl.calls)
        .containsExactly(
            "is-active --quiet " + unit,
            "show " + unit,
            "show proxy.service",
            "stop " + unit,
            "is-active --quiet " + unit,
            "start " + unit,
            "is-active --quiet proxy.service",
            "start proxy.service");
    assertThat(adapter.undoer().undo(intent, cancellation)).contains("was running");
    systemctl.running = false;
    assertThat(adapter.undoer().undo(intent, cancellation)).contains("started again by " + unit);
  }

  @Test
  void aVolumeOnAFileSystemWithReflinksIsFrozen() throws IOException {
    String volume = podman.volume("xfs");
    Path data = podman.dataFolder(volume);
    podman.bash("truncate -s 400M \"$1\"; mkfs.xfs -q \"$1\"", folder.resolve("disk"));
    if (!podman
        .bash(
            "if mount -o loop \"$1\" \"$2\"; then echo mounted; fi",
            folder.resolve("disk"),
            data.resolveSibling(""))
        .contains("mounted")) {
      System.err.println("This machine mounts no file as a disk: freezing is not tried.");
      return;
    }
    podman.bash(
        "mkdir \"$2/_data\";"
            + " chmod 2770 \"$2/_data\"; chown 999:999 \"$2/_data\"; echo before > \"$2/_data/f\";"
            + " ln \"$2/_data/f\" \"$2/_data/g\"",
        folder.resolve("disk"),
        data.resolveSibling(""));
    try {
      String user = podman.sleeper("user", "--volume=" + volume + ":/v");
      ArtifactSource source =
          adapter(new HostCommandRunner(), HoldBy.PAUSE, true, Set.of(user)).source();
      List<ArtifactSpec> specs = specs(source, volume);
      String plain = export(source, specs.get(0));

      try (FixedMoment moment = source.fix(specs, cancellation)) {
        assertThat(moment.frozen()).containsExactly(ArtifactId.volume(volume));
        assertThat(moment.remarks()).isEmpty();
        assertThat(journal.open()).singleElement().isInstanceOf(Intent.FrozenCopy.class);
        Files.writeString(data.resolve("f"), "after");
        Files.writeString(data.resolve("new"), "x");

        assertThat(export(source, specs.get(0))).isEqualTo(plain).contains("before");
      }
      assertThat(podman.run("ls", "-A", data.resolveSibling("").toString()).strip())
          .isEqualTo("_data");
      assertThat(export(source, specs.get(0))).contains("after");

      ArtifactSource never =
          adapter(new HostCommandRunner(), HoldBy.PAUSE, false, Set.of(user)).source();
      assertThat(never.fix(specs(never, volume), cancellation).frozen()).isEmpty();
      podman.run("podman", "rm", "--force", "--time=0", user);
    } finally {
      podman.run("umount", "--lazy", data.resolveSibling("").toString());
    }
  }

  @Test
  void aVolumeOnAnotherFileSystemIsNotFrozenAndNothingIsSaid() {
    String volume = podman.volume("plain");
    String idle = podman.volume("idle");
    String user = podman.sleeper("user", "--volume=" + volume + ":/v");
    ArtifactSource source =
        adapter(new HostCommandRunner(), HoldBy.PAUSE, true, Set.of(user)).source();

    try (FixedMoment moment = source.fix(specs(source, volume), cancellation)) {
      assertThat(moment.frozen()).containsExactly(ArtifactId.volume(idle));
      assertThat(moment.remarks()).isEmpty();
    }
    assertThat(podman.run("ls", "-A", podman.dataFolder(volume).resolveSibling("").toString()))
        .isEqualToIgnoringWhitespace("_data");
  }

  private List<ArtifactSpec> specs(ArtifactSource source, String volume) {
    return source
        .discover(new Selection(Set.of(ArtifactKind.VOLUME), List.of()), cancellation)
        .artifacts()
        .stream()
        .filter(spec -> spec.id().equals(ArtifactId.volume(volume)))
        .toList();
  }

  private String export(ArtifactSource source, ArtifactSpec spec) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    source.export(spec, sink, OutputStream.nullOutputStream(), cancellation);
    return sink.toString(StandardCharsets.ISO_8859_1);
  }

  private PodmanAdapter adapter(
      CommandRunner runner, HoldBy how, boolean freeze, Set<String> pause) {
    return new PodmanAdapter(
        runner,
        new VolumeSettings(
            List.of(podman.name("*")), List.of(), Encoding.NONE, pause, how, freeze, true),
        journal);
  }

  /** The host, with a systemd that knows one unit, the container of it and what stands on it. */
  private final class Systemctl implements CommandRunner {

    private final HostCommandRunner others = new HostCommandRunner();
    private final List<String> calls = new ArrayList<>();
    private final String unit;
    private final String container;
    private boolean running = true;

    Systemctl(String unit, String container) {
      this.unit = unit;
      this.container = container;
    }

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation scope) throws IOException {
      List<String> argv = command.argv();
      if (!argv.get(0).equals("systemctl")) {
        return others.run(command, io, scope);
      }
      List<String> words = new ArrayList<>(argv.subList(1, argv.size()));
      words.removeIf(word -> word.startsWith("--property="));
      calls.add(String.join(" ", words));
      boolean itself = argv.get(argv.size() - 1).equals(unit);
      switch (argv.get(1)) {
        case "is-active" -> {
          return new CommandResult(running && itself ? 0 : 3, "");
        }
        case "show" ->
            io.stdout()
                .readFrom(
                    new ByteArrayInputStream(
                        ("ActiveState=active\n" + (itself ? "BoundBy=proxy.service\n" : ""))
                            .getBytes(StandardCharsets.UTF_8)));
        case "stop" -> {
          podman.run("podman", "stop", container);
          running = false;
        }
        case "start" -> running = running || itself;
        default -> throw new AssertionError(argv);
      }
      return new CommandResult(0, "");
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation scope) {
      return others.reach(fromHost, scope);
    }

    @Override
    public String place() {
      return others.place();
    }
  }
}
