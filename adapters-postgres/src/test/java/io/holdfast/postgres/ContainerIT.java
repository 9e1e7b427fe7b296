package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server in a container, with the host's tools, through its published port. */
class ContainerIT {

  private static final String IMAGE = "docker.io/library/postgres:15";
  private static final int PORT = 5432;
  private static final String PASSWORD = "only-for-tests";

  private final Cancellation cancellation = new Cancellation();

  @Test
  void losesADatabaseAndGetsItBack() throws Exception {
    // For hosts without it; .ci/run counts skipped integration tests and fails on any.
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "SKIPPED: no container engine answers; set DOCKER_HOST to Podman's socket");
    try (GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("POSTGRES_USER", "umig_admin")
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forSuccessfulCommand("pg_isready --host=127.0.0.1 --username=umig_admin"))) {
      container.start();
      ClusterSettings settings = settings(container);
      Connections connections = new Connections(settings);
      try (Session session = connections.open("umig_admin", cancellation)) {
        session.execute("create", "CREATE DATABASE wiki");
      }
      try (Session session = connections.open("wiki", cancellation)) {
        session.execute("fill", "CREATE TABLE page AS SELECT 'kept' AS text");
      }

      byte[] dump = backUpAndDrop(settings, connections);
      restore(settings, dump);

      try (Session session = connections.open("wiki", cancellation)) {
        assertThat(session.names("read", "SELECT text FROM page")).containsExactly("kept");
      }
    }
  }

  private byte[] backUpAndDrop(ClusterSettings settings, Connections connections) throws Exception {
    PostgresCluster cluster = cluster(settings);
    ArtifactSpec spec =
        cluster.source().discover(Selection.all(), cancellation).artifacts().stream()
            .filter(candidate -> candidate.id().name().equals("wiki"))
            .findFirst()
            .orElseThrow();
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    cluster.source().export(spec, sink, OutputStream.nullOutputStream(), cancellation);
    try (Session session = connections.open("umig_admin", cancellation)) {
      session.execute("drop", "DROP DATABASE wiki");
    }
    return sink.toByteArray();
  }

  private void restore(ClusterSettings settings, byte[] dump) throws Exception {
    PreparedRestore prepared =
        cluster(settings)
            .destination()
            .prepare(
                new RestoreItem(
                    ArtifactId.database("main", "wiki"),
                    "wiki",
                    new BytesContent(dump),
                    Optional.empty(),
                    new ArtifactOrigin.Unknown(),
                    false),
                cancellation);
    assertThat(prepared.obstacles()).isEmpty();
    assertThat(prepared.run(cancellation)).isEmpty();
  }

  private static PostgresCluster cluster(ClusterSettings settings) {
    return new PostgresCluster(
        settings, new ProcessRunner(), false, new MemoryJournal(), event -> {}, Clock.systemUTC());
  }

  private static ClusterSettings settings(GenericContainer<?> container) {
    return new ClusterSettings(
        "main",
        container.getHost(),
        container.getMappedPort(PORT),
        Optional.of("umig_admin"),
        Optional.of(Secret.of(PASSWORD.toCharArray())),
        ClusterSettings.DEFAULT_MAINTENANCE_DATABASE,
        List.of("*"),
        List.of(),
        true,
        new Compression.Auto(),
        1);
  }
}
