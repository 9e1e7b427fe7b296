package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.ArtifactId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dumps are as of the moment that was fixed, whatever is written afterwards. */
class SnapshotIT {

  private static final List<String> NAMES = List.of("one", "two", "three", "four");

  private static @Nullable PrivateCluster shared;

  private final PrivateCluster server = sharedServer();
  private final Lab lab = new Lab(server);

  @BeforeAll
  static void startServer() {
    shared = PrivateCluster.start();
    for (String name : NAMES) {
      sharedServer().sql("postgres", "CREATE DATABASE " + name);
      sharedServer().sql(name, "CREATE TABLE t (i int)", "INSERT INTO t VALUES (1)");
    }
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

  @Test
  void whatIsCommittedAfterTheMomentIsInNoDump() throws Exception {
    String before = position();
    try (FixedMoment moment = fix(lab, "one", "two")) {
      server.sql("one", "INSERT INTO t VALUES (2)");
      server.sql("two", "INSERT INTO t VALUES (2)");

      assertThat(moment.remarks()).isEmpty();
      assertThat(moment.frozen())
          .containsExactlyInAnyOrder(
              ArtifactId.database("main", "one"), ArtifactId.database("main", "two"));
      assertThat(moment.cluster())
          .hasValueSatisfying(
              cut -> {
                assertThat(cut.cluster()).isEqualTo("main");
                assertThat(cut.begun()).isBefore(cut.at());
                assertThat(
                        server.names(
                            "postgres",
                            "SELECT '"
                                + cut.first().orElseThrow().lsn()
                                + "'::pg_lsn BETWEEN '"
                                + before
                                + "' AND '"
                                + cut.lsn()
                                + "'"))
                    .containsExactly("t");
                assertThat(
                        server.names(
                            "postgres",
                            "SELECT '" + cut.lsn() + "'::pg_lsn >= '" + before + "'::pg_lsn"))
                    .containsExactly("t");
              });
      assertThat(inTransaction()).hasSize(2);

      assertThat(rowsDumped(lab, "one")).isEqualTo(1);
      assertThat(inTransaction()).containsExactly("two");
      assertThat(rowsDumped(lab, "two")).isEqualTo(1);
      assertThat(inTransaction()).isEmpty();
    }
    assertThat(rowsDumped(lab, "one")).isEqualTo(2);
  }

  /** A snapshot does not keep what TRUNCATE takes: a dump of it would have lost all rows. */
  @Test
  void aTableThatWasTruncatedSinceTheMomentIsDumpedAsItIsAndKeptFromBeingSoDuringTheDump()
      throws Exception {
    server.sql("postgres", "CREATE DATABASE truncated");
    server.sql("truncated", "CREATE TABLE t (i int)", "INSERT INTO t VALUES (1)");
    try (FixedMoment moment = fix(lab, "truncated")) {
      server.sql("truncated", "TRUNCATE t", "INSERT INTO t VALUES (2), (3), (4)");

      assertThat(rowsDumped(lab, "truncated")).isEqualTo(3);
      assertThat(moment.frozen()).hasSize(1);
    }
    ArtifactId id = ArtifactId.database("main", "truncated");
    try (Snapshots snapshots =
        new SnapshotTaker(
                server.settings(),
                new Connections(server.settings()),
                Clock.systemUTC(),
                lab.cancellation)
            .take(List.of(id), new ToolVersion(15, "15"))) {
      assertThat(TableLocks.changedSince(snapshots.of(id).orElseThrow())).isEmpty();
      assertThatThrownBy(() -> server.sql("truncated", "SET lock_timeout = '100ms'; TRUNCATE t"))
          .hasMessageContaining("lock timeout");
    }
  }

  @Test
  void theSessionOfADatabaseIsInsideItsSnapshotUntilItIsLetGo() {
    ArtifactId id = ArtifactId.database("main", "three");
    Snapshots snapshots =
        new SnapshotTaker(
                server.settings(),
                new Connections(server.settings()),
                Clock.systemUTC(),
                lab.cancellation)
            .take(List.of(id), new ToolVersion(15, "15"));
    server.sql("three", "INSERT INTO t VALUES (2)");

    Session inside = snapshots.of(id).orElseThrow();
    assertThat(inside.names("count", "SELECT count(*) FROM t")).containsExactly("1");
    assertThat(inside.attempt("fail", () -> inside.names("fail", "SELECT 1/0"))).isPresent();
    assertThat(inside.names("count", "SELECT count(*) FROM t")).containsExactly("1");
    assertThatThrownBy(() -> inside.execute("write", "CREATE TEMP SEQUENCE s; DELETE FROM t"))
        .hasMessageContaining("read-only");
    snapshots.close();
    snapshots.close();
    assertThat(snapshots.of(id)).isEmpty();
    assertThat(inTransaction()).isEmpty();
  }

  @Test
  void aServerThatEndsIdleTransactionsDoesNotEndThese() throws Exception {
    server.sql("four", "ALTER DATABASE four SET idle_in_transaction_session_timeout = '100ms'");
    try (FixedMoment moment = fix(lab, "four")) {
      assertThat(server.names("one", "SELECT 'slept' FROM pg_sleep(0.5)")).containsExactly("slept");
      assertThat(rowsDumped(lab, "four")).isEqualTo(1);
      assertThat(moment.remarks()).isEmpty();
    }
  }

  @Test
  void databasesWithoutAFreeConnectionAreDumpedAsTheyAreAndTold() throws Exception {
    server.sql(
        "postgres",
        "CREATE ROLE few LOGIN CONNECTION LIMIT 4 PASSWORD 'p'",
        "GRANT pg_read_all_data TO few");
    Lab few = as("few");
    try (FixedMoment moment = fix(few, "one", "two", "three", "four")) {
      assertThat(moment.frozen())
          .containsExactlyInAnyOrder(
              ArtifactId.database("main", "one"), ArtifactId.database("main", "two"));
      assertThat(moment.remarks())
          .containsExactly(
              "Cluster main has too few free connections to fix all databases at one moment; each"
                  + " of these is as of when its dump began: three, four.");
      for (String name : NAMES) {
        assertThat(rowsDumped(few, name)).isPositive();
      }
    }
    assertThat(inTransaction()).isEmpty();
  }

  @Test
  void aDatabaseThatLetsOneInKeepsThatPlaceForItsDump() throws Exception {
    server.sql(
        "postgres",
        "CREATE ROLE plain LOGIN PASSWORD 'p'",
        "GRANT pg_read_all_data TO plain",
        "CREATE DATABASE narrow CONNECTION LIMIT 1");
    server.sql("narrow", "CREATE TABLE t (i int)", "INSERT INTO t VALUES (1)");
    Lab plain = as("plain");
    try (FixedMoment moment = fix(plain, "narrow", "one")) {
      assertThat(moment.frozen()).containsExactly(ArtifactId.database("main", "one"));
      assertThat(moment.remarks()).singleElement().asString().contains("narrow", "its connection");
      assertThat(rowsDumped(plain, "narrow")).isEqualTo(1);
    }
  }

  @Test
  void aDatabaseThatIsGoneIsToldAndTheOthersAreFixed() {
    server.sql("postgres", "CREATE DATABASE brief");
    List<ArtifactSpec> specs = specs(lab, "one", "brief");
    server.sql("postgres", "DROP DATABASE brief");
    try (FixedMoment moment = lab.cluster.source().fix(specs, lab.cancellation)) {
      assertThat(moment.frozen()).containsExactly(ArtifactId.database("main", "one"));
      assertThat(moment.remarks()).singleElement().asString().contains("brief", "no snapshot");
    }
    assertThat(inTransaction()).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsAFailureOfTheSource() {
    List<ArtifactSpec> specs;
    Lab gone;
    try (PrivateCluster other = PrivateCluster.start()) {
      gone = new Lab(other);
      specs = specs(gone, "postgres");
    }
    assertThatThrownBy(() -> gone.cluster.source().fix(specs, gone.cancellation))
        .isInstanceOf(SourceFailure.class);
  }

  private Lab as(String role) {
    ClusterSettings base = server.settings();
    return new Lab(
        server,
        new ClusterSettings(
            base.name(),
            base.host(),
            base.port(),
            Optional.of(role),
            Optional.of(Secret.of("p".toCharArray())),
            base.maintenanceDatabase(),
            base.include(),
            base.exclude(),
            false,
            base.compression(),
            base.restoreJobs()),
        new ProcessRunner());
  }

  private static FixedMoment fix(Lab lab, String... names) {
    return lab.cluster.source().fix(specs(lab, names), lab.cancellation);
  }

  private static List<ArtifactSpec> specs(Lab lab, String... names) {
    List<ArtifactSpec> found = lab.discover(names).artifacts();
    return List.of(names).stream()
        .map(
            name ->
                found.stream()
                    .filter(spec -> spec.id().equals(ArtifactId.database("main", name)))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private static int rowsDumped(Lab lab, String database) throws IOException {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    lab.cluster
        .source()
        .export(
            specs(lab, database).get(0), dump, OutputStream.nullOutputStream(), lab.cancellation);
    String into = "restored_" + database;
    lab.server.sql("postgres", "DROP DATABASE IF EXISTS " + into);
    try {
      Lab restoring = new Lab(lab.server);
      restoring.restore(
          restoring.item(
              database, into, new BytesContent(dump.toByteArray()), Optional.empty(), false));
      return Integer.parseInt(lab.server.names(into, "SELECT count(*) FROM t").get(0));
    } finally {
      lab.server.sql("postgres", "DROP DATABASE IF EXISTS " + into);
    }
  }

  /** The databases in which a session of ours waits inside a transaction. */
  private List<String> inTransaction() {
    return server.names(
        "postgres",
        "SELECT datname FROM pg_stat_activity WHERE application_name = 'holdfast'"
            + " AND state LIKE 'idle in transaction%' ORDER BY datname");
  }

  private String position() {
    return server.names("postgres", "SELECT pg_current_wal_lsn()::text").get(0);
  }
}
