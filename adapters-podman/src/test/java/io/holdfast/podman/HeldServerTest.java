package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.testing.MemoryJournal;
import io.holdfast.podman.testing.RecordedCommands;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is held gives no snapshot: whoever names it under pause is told. */
class HeldServerTest {

  private final RecordedCommands podman = new RecordedCommands();
  private final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void aServerAndAnApplication() {
    podman.answer("", "");
    podman.answer("podman info", "{\"store\": {\"volumePath\": \"/volumes\"}}");
    podman.answer("podman ps", "1\n2");
    podman.answer("podman volume ls", "[" + volume("files") + ", " + volume("data") + "]");
    podman.answer(
        "podman container inspect",
        "["
            + container("server", "data", "\"5432/tcp\": [{\"HostPort\": \"15432\"}]")
            + ", "
            + container("wiki", "files", "\"8090/tcp\": [{\"HostPort\": \"8090\"}]")
            + "]");
  }

  private static String volume(String name) {
    return "{\"Name\": \"%s\", \"Driver\": \"local\", \"Mountpoint\": \"/volumes/%s/_data\"}"
        .formatted(name, name);
  }

  private static String container(String name, String volume, String ports) {
    return """
        {"Name": "%s", "State": {"Status": "running"},
         "Mounts": [{"Type": "volume", "Name": "%s"}],
         "NetworkSettings": {"Ports": {%s}}}"""
        .formatted(name, volume, ports);
  }

  @ParameterizedTest
  @CsvSource({
    "server, 10.0.0.1, 5432, server, FAILED",
    "server, 127.0.0.1, 15432, '', FAILED",
    "server, localhost, 15432, wiki, FAILED",
    "wiki, 10.0.0.1, 5432, wiki, FAILED",
    "wiki, localhost, 15432, server, OK",
    "server, 10.0.0.1, 15432, '', OK",
    "server, 127.0.0.1, 5432, '', OK",
  })
  void check_fails_on_a_container_that_a_cluster_needs(
      String paused, String host, int port, String tools, Level level) {
    Finding finding =
        adapter(paused, host, port, tools).probe().probe(cancellation).stream()
            .filter(found -> found.subject().equals("container " + paused))
            .findFirst()
            .orElseThrow();

    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.detail().contains("cluster main needs it")).isEqualTo(level == Level.FAILED);
  }

  @Test
  void a_backup_of_both_warns_and_one_of_volumes_alone_does_not() {
    PodmanAdapter adapter = adapter("server", "localhost", 15432, "");

    assertThat(adapter.source().discover(Selection.all(), cancellation).warnings())
        .singleElement()
        .asString()
        .startsWith("Container server is named under volumes: pause:");
    assertThat(
            adapter
                .source()
                .discover(new Selection(Set.of(ArtifactKind.VOLUME), List.of()), cancellation)
                .warnings())
        .isEmpty();
  }

  @Test
  void what_holds_none_of_the_volumes_that_are_read_is_not_held_and_nothing_is_said() {
    podman.answer("podman volume ls", "[" + volume("files") + "]");

    assertThat(
            adapter("server", "localhost", 15432, "")
                .source()
                .discover(Selection.all(), cancellation)
                .warnings())
        .isEmpty();
  }

  private PodmanAdapter adapter(String paused, String host, int port, String tools) {
    return new PodmanAdapter(
        podman,
        new VolumeSettings(List.of("*"), List.of(), Encoding.NONE, Set.of(paused)),
        List.of(
            new ServedCluster(
                "main", host, port, Optional.of(tools).filter(name -> !name.isEmpty()))),
        new MemoryJournal());
  }
}
