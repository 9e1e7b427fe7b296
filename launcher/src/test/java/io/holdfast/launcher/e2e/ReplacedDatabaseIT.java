package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restore over a database that exists: refused without {@code --force}, planned by {@code
 * --dry-run}, done with {@code --force} while an application keeps reconnecting, and undone on any
 * failure.
 */
class ReplacedDatabaseIT {

  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Operator operator;

  @BeforeAll
  static void startServer() {
    cluster = HostServer.start();
  }

  @AfterAll
  static void stopServer() {
    cluster.close();
  }

  @BeforeEach
  void backUpAndChange() {
    cluster.createDatabase("hf-e2e-app", "CREATE TABLE t AS SELECT 'saved' AS a");
    operator =
        new Operator(folder).cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}");
    operator.holdfast("backup", "databases").ok();
    cluster.sql("hf-e2e-app", "UPDATE t SET a = 'newer'");
  }

  @AfterEach
  void clear() {
    cluster.dropAllDatabases();
  }

  @Test
  void without_force_a_database_that_exists_is_refused_and_nothing_changes() {
    cluster.createDatabase("hf-e2e-second", "CREATE TABLE t AS SELECT 'x' AS a");
    operator.holdfast("backup", "databases").ok();
    cluster.dropDatabase("hf-e2e-second");

    operator.holdfast("restore", "databases", "latest").exits(11).tells("hf-e2e-app", "--force");

    assertThat(cluster.query("hf-e2e-app", "SELECT a FROM t")).containsExactly("newer");
    assertThat(cluster.databases()).doesNotContain("hf-e2e-second");
  }

  @Test
  void with_force_it_is_replaced_though_an_application_keeps_reconnecting() throws Exception {
    String oid = oid();
    try (Application application = new Application()) {
      application.awaitQueries();
      operator.holdfast("restore", "databases", "latest", "--force").ok();
      application.awaitQueries();
    }

    assertThat(cluster.query("hf-e2e-app", "SELECT a FROM t")).containsExactly("saved");
    assertThat(oid()).isNotEqualTo(oid);
    assertThat(cluster.databases())
        .containsExactly("hf-e2e-app", "postgres", "template0", "template1");
    assertThat(
            cluster.query(
                "postgres", "SELECT datallowconn FROM pg_database WHERE datname = 'hf-e2e-app'"))
        .containsExactly("t");
  }

  @Test
  void a_dry_run_prints_the_plan_and_changes_nothing() {
    String oid = oid();
    operator
        .holdfast("restore", "databases", "latest", "--force", "--dry-run")
        .ok()
        .tells("hf-e2e-app");
    operator.holdfast("restore", "databases", "latest", "--dry-run").tells("hf-e2e-app", "exists");

    assertThat(oid()).isEqualTo(oid);
    assertThat(cluster.query("hf-e2e-app", "SELECT a FROM t")).containsExactly("newer");
    assertThat(cluster.databases())
        .containsExactly("hf-e2e-app", "postgres", "template0", "template1");
  }

  @Test
  void an_extension_that_the_server_lacks_is_found_out_before_anything_is_touched() {
    String set = operator.repository().newestSet();
    Path dump = operator.repository().set(set).resolve("databases/hf-e2e-app.dump");
    cluster.createDatabase("hf-e2e-ext", "CREATE EXTENSION pgcrypto", "CREATE TABLE t AS SELECT 1");
    // The table of contents keeps its lengths: another extension of as many letters.
    Shell.bash(
        "PGPASSWORD=%s %s/pg_dump -Fc -Z0 -h 127.0.0.1 -p %d -U %s hf-e2e-ext | LC_ALL=C sed 's/pgcrypto/pgcrypt0/g' > %s"
            .formatted(cluster.password(), Needs.PROGRAMS, cluster.port(), Cluster.ADMIN, dump));
    cluster.dropDatabase("hf-e2e-ext");
    Shell.call("rm", operator.repository().set(set).resolve("manifest.json").toString());
    operator.repository().publishByHand(set);
    String oid = oid();

    operator
        .holdfast("restore", "databases", set, "--only", "hf-e2e-app", "--force")
        .exits(11)
        .tells("pgcrypt0");

    assertThat(oid()).isEqualTo(oid);
    assertThat(cluster.query("hf-e2e-app", "SELECT a FROM t")).containsExactly("newer");
    assertThat(cluster.databases()).noneMatch(name -> name.contains("__"));
  }

  @Test
  void a_restore_that_fails_midway_leaves_the_old_database_as_it_was() {
    cluster.sql(
        "hf-e2e-app",
        Cluster.functionThatElsewhere("hf-e2e-app", "RAISE 'hf-e2e refuses'"),
        "CREATE INDEX ON t (elsewhere(a))");
    operator.holdfast("backup", "databases").ok();
    cluster.sql("hf-e2e-app", "UPDATE t SET a = 'newest'");
    String oid = oid();

    operator
        .holdfast("restore", "databases", "latest", "--force")
        .exits(11)
        .tells("hf-e2e refuses");

    assertThat(oid()).isEqualTo(oid);
    assertThat(cluster.query("hf-e2e-app", "SELECT a FROM t")).containsExactly("newest");
    assertThat(cluster.databases())
        .containsExactly("hf-e2e-app", "postgres", "template0", "template1");
  }

  private static String oid() {
    return cluster
        .query("postgres", "SELECT oid FROM pg_database WHERE datname = 'hf-e2e-app'")
        .get(0);
  }

  /** Connects, asks, disconnects, and begins again at once whatever happened. */
  private static final class Application implements AutoCloseable {
    private final AtomicInteger queries = new AtomicInteger();
    private final Thread thread = new Thread(this::work, "application");
    private volatile boolean ended;

    Application() {
      thread.start();
    }

    private void work() {
      while (!ended) {
        try (Connection connection = cluster.connect("hf-e2e-app");
            Statement statement = connection.createStatement()) {
          statement.execute("SELECT count(*) FROM t");
          queries.incrementAndGet();
          statement.execute("SELECT pg_sleep(0.02)");
        } catch (SQLException refused) {
          Thread.onSpinWait();
        }
      }
    }

    void awaitQueries() throws InterruptedException {
      int wanted = queries.get() + 3;
      while (queries.get() < wanted) {
        Thread.sleep(10);
      }
    }

    @Override
    public void close() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
