package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.FailedArtifact;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real cluster has, and what it refuses. */
class DiscoveryIT {

  private static @Nullable PrivateCluster shared;

  private PrivateCluster server = sharedServer();
  private Lab lab = new Lab(server);

  @BeforeAll
  static void startServer() {
    shared = PrivateCluster.start();
    sharedServer()
        .sql(
            "postgres",
            "CREATE DATABASE app_one",
            "CREATE DATABASE app_two",
            "CREATE DATABASE \"odd 'name' é\"",
            "CREATE DATABASE closed ALLOW_CONNECTIONS false",
            "CREATE DATABASE a_template IS_TEMPLATE true");
    sharedServer().sql("app_two", "CREATE TABLE big AS SELECT generate_series(1, 100000) AS i");
  }

  @AfterAll
  static void stopServer() {
    if (shared != null) {
      shared.close();
    }
  }

  private static PrivateCluster sharedServer() {
    if (shared == null) {
      throw new IllegalStateException("not started");
    }
    return shared;
  }

  private Lab configured(List<String> include, List<String> exclude, boolean globals) {
    ClusterSettings base = server.settings();
    return new Lab(
        server,
        new ClusterSettings(
            base.name(),
            base.host(),
            base.port(),
            base.user(),
            base.password(),
            base.maintenanceDatabase(),
            include,
            exclude,
            globals,
            base.compression(),
            base.restoreJobs()),
        new ProcessRunner());
  }

  private static List<String> names(Discovery discovery) {
    return discovery.artifacts().stream().map(spec -> spec.id().name()).toList();
  }

  @Test
  void findsGlobalsAndDatabasesTheLargestFirstAndNeverTemplates() {
    Discovery discovery = lab.discover();

    assertThat(names(discovery))
        .startsWith("globals", "app_two")
        .containsExactlyInAnyOrder("globals", "app_two", "app_one", "odd 'name' é", "postgres");
    assertThat(discovery.failures())
        .extracting(FailedArtifact::id)
        .containsExactly(ArtifactId.database("main", "closed"));
    assertThat(discovery.failures().get(0).reason()).contains("refuses connections");
    assertThat(discovery.artifacts().get(1).estimatedBytes().orElse(0)).isGreaterThan(1_000_000);
  }

  @Test
  void followsGlobsAndTellsOfAnExactNameThatIsNotThere() {
    Discovery discovery =
        configured(List.of("app_*", "missing", "a_template"), List.of("?pp_two"), false).discover();

    assertThat(names(discovery)).containsExactly("app_one");
    assertThat(discovery.failures())
        .extracting(failure -> failure.id().name())
        .containsExactly("a_template", "missing");
  }

  @Test
  void takesWhatTheOperatorNamesWithItsGlobals() {
    assertThat(names(lab.discover("app_one"))).containsExactly("globals", "app_one");
    assertThat(names(lab.discover("main/app_two"))).containsExactly("globals", "app_two");
    assertThat(names(lab.discover("nowhere"))).isEmpty();
    assertThat(configured(List.of("*"), List.of("app_one"), true).discover("app_one").warnings())
        .singleElement()
        .asString()
        .contains("app_one");
  }

  @Test
  void hasNothingForASelectionOfVolumes() {
    Discovery discovery =
        lab.cluster
            .source()
            .discover(new Selection(Set.of(ArtifactKind.VOLUME), List.of()), lab.cancellation);

    assertThat(discovery.artifacts()).isEmpty();
    assertThat(lab.runner.commands).isEmpty();
  }

  @Test
  void exportsADumpThatTheInspectorReads() throws IOException {
    Lab.Exported exported = lab.export(ArtifactId.database("main", "app_two"));

    assertThat(exported.report().origin())
        .isInstanceOfSatisfying(
            ArtifactOrigin.FromPostgres.class,
            origin -> {
              assertThat(origin.serverVersion()).startsWith("15.");
              assertThat(origin.toolVersion()).startsWith("15.");
            });
    assertThat(exported.report().sourceBytes()).isGreaterThan(1_000_000);
    long listed =
        new DumpInspector(new ProcessRunner(), false)
            .inspect(ArtifactId.database("main", "app_two"), exported.content(), lab.cancellation);
    assertThat(exported.report().entries()).isEqualTo(listed).isGreaterThan(4);
  }

  @Test
  void exportsADatabaseWithNothingInIt() throws IOException {
    Lab.Exported exported = lab.export(ArtifactId.database("main", "app_one"));

    assertThat(
            new DumpInspector(new ProcessRunner(), true)
                .inspect(
                    ArtifactId.database("main", "app_one"), exported.content(), lab.cancellation))
        .isPositive();
  }

  @Test
  void keepsThePasswordOutOfEveryArgumentAndText() {
    lab.export(ArtifactId.database("main", "app_one"));
    lab.export(ArtifactId.globals("main"));

    assertThat(lab.runner.commands).isNotEmpty();
    assertThat(lab.runner.commands)
        .allSatisfy(
            command -> assertThat(command.toString()).doesNotContain(PrivateCluster.PASSWORD));
    assertThat(lab.runner.commands)
        .anySatisfy(command -> assertThat(command.secretEnvironment()).containsKey("PGPASSWORD"));
    assertThat(server.settings().toString()).doesNotContain(PrivateCluster.PASSWORD);
  }

  @Test
  void exportsGlobalsWithoutPasswordsForARoleThatMayNotReadThem() {
    server.sql("postgres", "CREATE ROLE plain LOGIN PASSWORD 'plain'");
    Lab plain = new Lab(server, as("plain", "plain"), new ProcessRunner());

    Lab.Exported exported = plain.export(ArtifactId.globals("main"));

    String text = new String(exported.content().bytes(), StandardCharsets.UTF_8);
    assertThat(text).contains("CREATE ROLE plain").doesNotContain("SCRAM-SHA-256");
    assertThat(exported.report().warnings())
        .anyMatch(warning -> warning.contains("have no passwords"));
    assertThat(plain.cluster.probe().probe(plain.cancellation))
        .extracting(Finding::level)
        .contains(Level.WARNING);
  }

  @Test
  void failsWhereATableMayNotBeRead() {
    server.sql("postgres", "CREATE ROLE reader_of_nothing LOGIN PASSWORD 'x'");
    Lab blind = new Lab(server, as("reader_of_nothing", "x"), new ProcessRunner());

    assertThatThrownBy(() -> blind.export(ArtifactId.database("main", "app_two")))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void letsAFailureOfTheSinkThrough() {
    IOException full = new IOException("disk full");
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        };
    ArtifactSpec spec = lab.discover("app_two").artifacts().get(1);

    assertThatThrownBy(
            () ->
                lab.cluster
                    .source()
                    .export(spec, sink, OutputStream.nullOutputStream(), lab.cancellation))
        .isSameAs(full);
  }

  @Test
  void refusesAProgramThatSaysAllIsWellAndWritesNoDump(@TempDir Path folder) throws IOException {
    Path program = folder.resolve("pg_dump");
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) 15.1"; else echo "all is well"; fi
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Lab liar =
        new Lab(
            server, server.settings(), new ProcessRunner(Map.of("pg_dump", program.toString())));
    ArtifactSpec spec = lab.discover("app_one").artifacts().get(1);

    assertThatThrownBy(
            () ->
                liar.cluster
                    .source()
                    .export(
                        spec,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        liar.cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("is no dump");
  }

  @Test
  void tellsWhatIsWrongWithALogin() {
    assertFails(as(PrivateCluster.SUPERUSER, "wrong"), "the password was refused", "password");
    assertFails(as("nobody_here", "x"), "the password was refused", "password");
    ClusterSettings base = server.settings();
    assertFails(
        at(base, "127.0.0.1", base.port(), Optional.empty()), "no password was provided", "pgpass");
  }

  @Test
  void tellsWhatIsWrongWithAnAddress() {
    ClusterSettings base = server.settings();
    assertUnreachable(at(base, "127.0.0.1", 1, base.password()), "nothing answers there");
    assertUnreachable(
        at(base, "no-such-host.invalid", base.port(), base.password()), "no such host");
    assertUnreachable(at(base, "/nonexistent", base.port(), base.password()), "nonexistent");
  }

  @Test
  void comesInByAUnixSocketWithPeerAuthentication() {
    ClusterSettings socket =
        at(server.settings(), server.socketFolder().toString(), server.port, Optional.empty());
    Lab local = new Lab(server, socket, new ProcessRunner());

    Lab.Exported exported = local.export(ArtifactId.database("main", "app_one"));

    assertThat(exported.report().entries()).isPositive();
  }

  @Test
  void isReadyForABackup() {
    List<Finding> findings = lab.cluster.probe().probe(lab.cancellation);

    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.OK)
        .extracting(Finding::detail)
        .anyMatch(detail -> detail.startsWith("PostgreSQL 15."))
        .anyMatch(detail -> detail.contains("pg_dump 15.") && detail.contains("--compress=1"))
        .anyMatch(detail -> detail.contains("would back up") && detail.contains("app_two"));
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.FAILED)
        .extracting(Finding::detail)
        .singleElement()
        .asString()
        .contains("closed");
  }

  @Test
  void isSeenByAScoutWithoutDebiansProgram() {
    ProcessRunner without = new ProcessRunner(Map.of("pg_lsclusters", "/nonexistent/program"));

    assertThat(new LocalClusterScout(without, server.port).look(lab.cancellation).clusters())
        .extracting(HostScout.Cluster::port)
        .containsExactly(server.port);
    assertThat(new LocalClusterScout(without, 1).look(lab.cancellation).clusters()).isEmpty();
  }

  private ClusterSettings as(String user, String password) {
    ClusterSettings base = server.settings();
    return new ClusterSettings(
        base.name(),
        base.host(),
        base.port(),
        Optional.of(user),
        Optional.of(Secret.of(password.toCharArray())),
        base.maintenanceDatabase(),
        base.include(),
        base.exclude(),
        true,
        base.compression(),
        1);
  }

  private static ClusterSettings at(
      ClusterSettings base, String host, int port, Optional<Secret> password) {
    return new ClusterSettings(
        base.name(),
        host,
        port,
        base.user(),
        password,
        base.maintenanceDatabase(),
        base.include(),
        base.exclude(),
        true,
        base.compression(),
        1);
  }

  private void assertFails(ClusterSettings settings, String message, String hint) {
    Lab wrong = new Lab(server, settings, new ProcessRunner());
    assertThatThrownBy(wrong::discover)
        .isInstanceOfSatisfying(
            SourceFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE);
              assertThat(failure.getMessage()).containsIgnoringCase(message).contains("main");
              assertThat(failure.hint()).contains(hint);
            });
  }

  private void assertUnreachable(ClusterSettings settings, String message) {
    Lab wrong = new Lab(server, settings, new ProcessRunner());
    assertThatThrownBy(wrong::discover)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE);
              assertThat(failure.getMessage()).contains(message);
              assertThat(failure.hint()).isNotEmpty();
            });
  }
}
