package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContainerRecreation.Creation;
import io.holdfast.application.port.out.source.ContainerRecreation.Described;
import io.holdfast.application.port.out.source.ContainerRecreation.Plan;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.command.HostCommandRunner;
import io.holdfast.podman.testing.FileContent;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RealPodman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made for a restore that fails is gone again, and nothing else is. */
@Timeout(300)
class RecreationIT {

  @TempDir private Path folder;

  private final RealPodman podman = RealPodman.orSkip();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();
  private final PodmanAdapter adapter =
      new PodmanAdapter(
          new HostCommandRunner(),
          new VolumeSettings(List.of(), List.of(), Encoding.NONE, Set.of()),
          journal);

  @AfterEach
  void leavesNothing() {
    try (podman) {
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void networksThatWereMadeGoWithTheContainersThatCouldNotBe() throws IOException {
    String present = podman.network("present");
    String made = podman.name("made");
    String joined = podman.name("joined");
    Plan plan = plan(present, made, joined);
    assertThat(plan.obstacles()).isEmpty();

    try (Creation creation = plan.begin()) {
      assertThatThrownBy(() -> creation.create(plan.others().get(0), cancellation))
          .isInstanceOf(SourceFailure.class);
      assertThat(networks()).contains(present, made, joined);
      podman.removeNetworkAtEnd(joined);
      podman.sleeper("guest", "--network=" + joined);
    }

    assertThat(networks()).contains(present, joined).doesNotContain(made);
  }

  private Plan plan(String... networks) throws IOException {
    Path file = folder.resolve("inspection.json");
    Files.writeString(
        file,
        """
        {"Path": "/nowhere", "State": {"Status": "running"},
         "NetworkSettings": {"Networks": {"%s": {}, "%s": {}, "%s": {}}},
         "Config": {"Entrypoint": "/nowhere", "Cmd": []}}"""
            .formatted((Object[]) networks));
    return adapter
        .recreation()
        .prepare(
            List.of(
                new Described(
                    podman.name("new"),
                    new FileContent(file),
                    Optional.of(RealPodman.IMAGE),
                    Optional.empty())),
            Set.of(),
            (container, variable, needed) -> Optional.empty(),
            cancellation);
  }

  private List<String> networks() {
    return podman.run("podman", "network", "ls", "--format={{.Name}}").lines().toList();
  }
}
