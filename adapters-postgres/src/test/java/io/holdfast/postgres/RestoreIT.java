package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restores replace what is there as a whole or leave it as it is. */
class RestoreIT {

  private static @Nullable PrivateCluster shared;

  private PrivateCluster server = sharedServer();
  private Lab lab = new Lab(server);

  @BeforeAll
  static void startServer() {
    shared = PrivateCluster.start();
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

  @BeforeEach
  void createDatabase() {
    server.sql("postgres", "CREATE DATABASE shop");
    server.sql("shop", "CREATE TABLE t (v text)", "INSERT INTO t VALUES ('saved')");
  }

  @AfterEach
  void dropAll() {
    for (String database : server.databases()) {
      if (!database.equals("postgres")) {
        server.sql("postgres", "DROP DATABASE " + Quoting.identifier(database) + " WITH (FORCE)");
      }
    }
  }

  @Test
  void refusesToTouchADatabaseThatExists() throws Exception {
    ArtifactContent dump = lab.dump("shop");

    PreparedRestore prepared = lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), false));

    assertThat(prepared.obstacles())
        .containsExactly(
            new Obstacle(
                "Database shop exists.", "--force replaces it; --as NEW restores beside it."));
    assertThatThrownBy(() -> prepared.run(lab.cancellation)).isInstanceOf(SourceFailure.class);
    assertThat(lab.journal.recorded).isEmpty();
  }

  @Test
  void restoresBesideItUnderAnotherName() throws Exception {
    server.sql("postgres", "COMMENT ON DATABASE shop IS 'the shop'");
    ArtifactContent dump = lab.dump("shop");
    server.sql("shop", "UPDATE t SET v = 'changed'");

    lab.restore(lab.item("shop", "shop copy", dump, Optional.empty(), false));

    assertThat(server.names("shop", "SELECT v FROM t")).containsExactly("changed");
    assertThat(server.names("shop copy", "SELECT v FROM t")).containsExactly("saved");
    assertThat(
            server.names(
                "postgres",
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'shop copy'"))
        .containsExactly("the shop");
  }

  @Test
  void replacesADatabaseThatAnApplicationKeepsReconnectingTo() throws Exception {
    ArtifactContent dump = lab.dump("shop");
    server.sql("shop", "UPDATE t SET v = 'changed'");
    AtomicBoolean going = new AtomicBoolean(true);
    Thread application = new Thread(() -> reconnect(going), "application");
    application.start();
    try {
      PreparedRestore prepared =
          lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), true));
      assertThat(prepared.steps())
          .anyMatch(step -> step.contains("rename shop to shop__replaced"))
          .contains("drop shop__replaced");
      assertThat(prepared.run(lab.cancellation)).isEmpty();
    } finally {
      going.set(false);
      application.join();
    }

    assertThat(server.names("shop", "SELECT v FROM t")).containsExactly("saved");
    assertThat(server.databases()).containsExactly("postgres", "shop");
    assertThat(lab.journal.recorded)
        .containsExactly(
            new Intent.SwapDatabase(
                "main", "shop", "shop__restoring", Optional.of("shop__replaced")));
    assertThat(lab.journal.open).isEmpty();
  }

  private void reconnect(AtomicBoolean going) {
    while (going.get()) {
      try (Session session = server.open("shop")) {
        while (going.get()) {
          session.names("work", "SELECT pg_sleep(0.01)::text");
        }
      } catch (Failure ended) {
        // Reconnects, as an application does.
      }
    }
  }

  @Test
  void replacesATemplateAndTheMaintenanceDatabaseToo() throws Exception {
    server.sql("postgres", "ALTER DATABASE shop IS_TEMPLATE true");
    server.sql("postgres", "CREATE DATABASE other");
    ArtifactContent other = lab.dump("other");

    lab.restore(lab.item("other", "shop", other, Optional.empty(), true));
    lab.restore(lab.item("other", "postgres", other, Optional.empty(), true));

    assertThat(server.databases()).containsExactly("other", "postgres", "shop");
    assertThat(
            server.names(
                "shop", "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("0");
  }

  @Test
  void leavesTheOldOneWholeWhenTheDumpIsCut() throws Exception {
    server.sql("shop", "INSERT INTO t SELECT md5(i::text) FROM generate_series(1, 20000) i");
    byte[] whole = ((BytesContent) lab.dump("shop")).bytes();
    ArtifactContent cut = new BytesContent(Arrays.copyOf(whole, whole.length * 2 / 3));

    PreparedRestore prepared = lab.prepare(lab.item("shop", "shop", cut, Optional.empty(), true));

    assertThatThrownBy(() -> prepared.run(lab.cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("pg_restore could not load")
        .hasMessageContaining("end of file");
    assertThat(server.names("shop", "SELECT count(*)::text FROM t")).containsExactly("20001");
    assertThat(server.databases()).containsExactly("postgres", "shop");
    assertThat(lab.journal.open).isEmpty();
  }

  @Test
  void refusesWhatIsNoDump() {
    ArtifactContent garbage =
        new BytesContent("-- PostgreSQL database dump".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> lab.prepare(lab.item("shop", "shop", garbage, Optional.empty(), true)))
        .isInstanceOf(IntegrityFailure.class);
  }

  @Test
  void leavesTheOldOneWholeWhenItIsInterrupted() throws Exception {
    ArtifactContent dump = lab.dump("shop");
    ArtifactContent interrupting =
        new InterruptingContent(((BytesContent) dump).bytes(), lab.cancellation);

    PreparedRestore prepared = lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), true));
    PreparedRestore doomed =
        lab.prepare(lab.item("shop", "shop", interrupting, Optional.empty(), true));

    assertThat(prepared.obstacles()).isEmpty();
    assertThatThrownBy(() -> doomed.run(lab.cancellation)).isInstanceOf(InterruptedFailure.class);
    assertThat(server.names("shop", "SELECT v FROM t")).containsExactly("saved");
    assertThat(server.databases()).containsExactly("postgres", "shop");
    assertThat(lab.journal.open).isEmpty();
  }

  /** Cancels the run when it is read for the second time: the first is the planning. */
  private static final class InterruptingContent implements ArtifactContent {
    private final BytesContent content;
    private final Cancellation cancellation;
    private int opened;

    InterruptingContent(byte[] bytes, Cancellation cancellation) {
      this.content = new BytesContent(bytes);
      this.cancellation = cancellation;
    }

    @Override
    public InputStream open() {
      if (++opened > 1) {
        cancellation.cancel();
      }
      return new ByteArrayInputStream(content.bytes());
    }

    @Override
    public Optional<Path> localFile() {
      return Optional.empty();
    }

    @Override
    public long storedBytes() {
      return content.storedBytes();
    }

    @Override
    public String describe() {
      return content.describe();
    }
  }

  @Test
  void namesMissingRolesAndExtensionsBeforeAnythingIsTouched() throws Exception {
    server.sql(
        "shop",
        "CREATE ROLE gone_owner",
        "CREATE ROLE gone_grantee",
        "ALTER TABLE t OWNER TO gone_owner",
        "GRANT SELECT ON t TO gone_grantee",
        "CREATE SCHEMA x",
        "CREATE EXTENSION hstore SCHEMA x");
    byte[] dump = ((BytesContent) lab.dump("shop")).bytes();
    ArtifactContent globals = lab.globals();
    server.sql("postgres", "DROP DATABASE shop", "DROP ROLE gone_owner", "DROP ROLE gone_grantee");
    byte[] needsMore =
        new String(dump, StandardCharsets.ISO_8859_1)
            .replace("hstore", "hst0re")
            .getBytes(StandardCharsets.ISO_8859_1);

    PreparedRestore without =
        lab.prepare(lab.item("shop", "shop", new BytesContent(needsMore), Optional.empty(), false));
    PreparedRestore with =
        lab.prepare(lab.item("shop", "shop", new BytesContent(dump), Optional.of(globals), false));

    assertThat(without.obstacles())
        .extracting(Obstacle::problem)
        .containsExactly(
            "The dump needs extension hst0re, which the server does not have.",
            "The dump needs roles that are neither on the server nor in the set's globals:"
                + " gone_grantee, gone_owner.");
    assertThat(with.obstacles()).isEmpty();
    assertThat(with.steps()).contains("create role gone_owner, from the set's globals");
    assertThat(lab.journal.recorded).isEmpty();
    assertThat(server.databases()).containsExactly("postgres");
    assertThat(server.names("postgres", "SELECT rolname FROM pg_roles"))
        .doesNotContain("gone_owner");
  }

  @Test
  void leavesRolesThatExistAlone() throws Exception {
    server.sql("postgres", "CREATE ROLE kept LOGIN CONNECTION LIMIT 3");
    ArtifactContent dump = lab.dump("shop");
    ArtifactContent globals = lab.globals();
    server.sql("postgres", "ALTER ROLE kept CONNECTION LIMIT 9");

    lab.restore(lab.item("shop", "again", dump, Optional.of(globals), false));

    assertThat(
            server.names(
                "postgres", "SELECT rolconnlimit::text FROM pg_roles WHERE rolname = 'kept'"))
        .containsExactly("9");
    server.sql("postgres", "DROP ROLE kept");
  }

  @Test
  void tellsOfAMissingLocaleBeforeAnythingIsTouched() throws Exception {
    server.sql("postgres", "CREATE DATABASE german TEMPLATE template0 LOCALE 'de_DE.utf8'");
    byte[] elsewhere =
        new String(((BytesContent) lab.dump("german")).bytes(), StandardCharsets.ISO_8859_1)
            .replace("de_DE.utf8", "xx_XX.utf8")
            .getBytes(StandardCharsets.ISO_8859_1);

    PreparedRestore prepared =
        lab.prepare(
            lab.item("german", "copy", new BytesContent(elsewhere), Optional.empty(), false));

    assertThat(prepared.obstacles())
        .extracting(Obstacle::problem)
        .containsExactly(
            "The source had locale xx_XX.utf8, which the server's system does not have.");
  }

  @Test
  void putsEverythingIntoTheDefaultTablespaceWhereItsOwnIsMissing() throws Exception {
    String folder = server.folderOfTheServer("space");
    server.sql(
        "postgres",
        "CREATE TABLESPACE fast LOCATION '" + folder + "'",
        "CREATE DATABASE spaced TABLESPACE fast");
    server.sql("spaced", "CREATE TABLE s (x integer) TABLESPACE pg_default");
    ArtifactContent dump = lab.dump("spaced");
    server.sql("postgres", "DROP DATABASE spaced", "DROP TABLESPACE fast");

    List<String> warnings =
        lab.restore(lab.item("spaced", "spaced", dump, Optional.empty(), false));

    assertThat(warnings).singleElement().asString().contains("no tablespace fast");
    assertThat(server.names("spaced", "SELECT 'there' FROM pg_tables WHERE tablename = 's'"))
        .containsExactly("there");
  }

  @Test
  void finishesOrUndoesWhatAKilledRunLeft() {
    Intent.SwapDatabase intent =
        new Intent.SwapDatabase("main", "shop", "shop__restoring", Optional.of("shop__replaced"));
    assertThat(lab.cluster.undoer().knows(intent)).isTrue();

    server.sql("postgres", "CREATE DATABASE shop__restoring");
    assertThat(lab.cluster.undoer().undo(intent, lab.cancellation)).contains("shop__restoring");
    assertThat(server.databases()).containsExactly("postgres", "shop");

    server.sql("postgres", "ALTER DATABASE shop RENAME TO shop__replaced");
    lab.cluster.undoer().undo(intent, lab.cancellation);
    assertThat(server.databases()).containsExactly("postgres", "shop");

    server.sql("postgres", "CREATE DATABASE shop__replaced");
    lab.cluster.undoer().undo(intent, lab.cancellation);
    assertThat(server.databases()).containsExactly("postgres", "shop");

    assertThat(lab.cluster.undoer().undo(intent, lab.cancellation)).contains("nothing was left");
    assertThat(server.names("shop", "SELECT v FROM t")).containsExactly("saved");
  }

  @Test
  void endsWhatTheServerStillDoesForAKilledRun() throws Exception {
    CompletableFuture<String> orphan =
        CompletableFuture.supplyAsync(
            () -> {
              try (Session session = server.open("postgres")) {
                session.execute("create", "SELECT pg_sleep(600) /* \"shop__restoring\" */");
                return "it ran to its end";
              } catch (Failure e) {
                return e.getMessage();
              }
            });
    while (server
        .names(
            "postgres",
            "SELECT pid::text FROM pg_stat_activity WHERE query LIKE '%(600) /*%'"
                + " AND pid <> pg_backend_pid()")
        .isEmpty()) {
      LockSupport.parkNanos(10_000_000);
    }

    lab.cluster
        .undoer()
        .undo(
            new Intent.SwapDatabase("main", "shop", "shop__restoring", Optional.empty()),
            lab.cancellation);

    assertThat(orphan.get()).contains("terminating connection");
    assertThat(server.databases()).containsExactly("postgres", "shop");
  }

  @Test
  void knowsIntentsOfItsOwnClusterAlone() {
    assertThat(
            lab.cluster
                .undoer()
                .knows(new Intent.SwapDatabase("other", "shop", "a", Optional.empty())))
        .isFalse();
    assertThat(
            lab.cluster
                .undoer()
                .knows(new Intent.HoldContainers(List.of("c"), Intent.HoldContainers.How.PAUSED)))
        .isFalse();
  }

  @Test
  void takesNamesThatNobodyElseUses() throws Exception {
    server.sql("postgres", "CREATE DATABASE shop__restoring");
    RecoveryJournal.Entry killed =
        lab.journal.entry(
            new Intent.SwapDatabase(
                "main", "shop", "shop__restoring_2", Optional.of("shop__replaced")));
    lab.journal.abandoned.add(killed);
    ArtifactContent dump = lab.dump("shop");

    lab.restore(lab.item("shop", "shop", dump, Optional.empty(), true));

    assertThat(lab.journal.recorded)
        .containsExactly(
            new Intent.SwapDatabase(
                "main", "shop", "shop__restoring_3", Optional.of("shop__replaced_2")));
    assertThat(server.databases()).containsExactly("postgres", "shop", "shop__restoring");
  }

  @Test
  void neverDropsADatabaseThatSomebodyMadeUnderItsWorkingName() throws Exception {
    ArtifactContent dump = lab.dump("shop");
    PreparedRestore prepared = lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), true));
    server.sql("postgres", "CREATE DATABASE shop__restoring");

    assertThatThrownBy(() -> prepared.run(lab.cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("already exists");
    assertThat(server.databases()).containsExactly("postgres", "shop", "shop__restoring");
    assertThat(lab.journal.open).isEmpty();
  }

  @Test
  void tellsOfPreparedTransactionsThatKeepADatabase() throws Exception {
    ArtifactContent dump = lab.dump("shop");
    server.sql("shop", "BEGIN; INSERT INTO t VALUES ('x'); PREPARE TRANSACTION 'held'");
    try {
      PreparedRestore prepared =
          lab.prepare(lab.item("shop", "shop", dump, Optional.empty(), true));
      assertThat(prepared.obstacles())
          .extracting(Obstacle::problem)
          .containsExactly("Database shop has prepared transactions: held.");
    } finally {
      server.sql("shop", "ROLLBACK PREPARED 'held'");
    }
  }

  @Test
  void restoresBySettingsThatWouldStopTheLoad() throws Exception {
    server.sql(
        "postgres",
        "ALTER DATABASE shop SET default_transaction_read_only = on",
        "ALTER DATABASE shop SET statement_timeout = 1",
        "ALTER DATABASE shop CONNECTION LIMIT 0");
    ArtifactContent dump = lab.dump("shop");

    lab.restore(lab.item("shop", "shop", dump, Optional.empty(), true));

    assertThat(
            server.names(
                "postgres",
                "SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_database d"
                    + " ON d.oid = s.setdatabase WHERE d.datname = 'shop'"))
        .containsExactlyInAnyOrder("default_transaction_read_only=on", "statement_timeout=1");
  }

  @Test
  void takesDatabasesOfItsClusterAndOfSetsMadeByHand() {
    assertThat(lab.cluster.destination().takes(artifact(Optional.of("main")))).isTrue();
    assertThat(lab.cluster.destination().takes(artifact(Optional.empty()))).isTrue();
    assertThat(lab.cluster.destination().takes(artifact(Optional.of("other")))).isFalse();
  }

  private static ArtifactId artifact(Optional<String> cluster) {
    return new ArtifactId(ArtifactKind.DATABASE, cluster, "shop");
  }
}
