package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore databases SET --only db --table schema.table}. */
class SingleTableIT {

  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @BeforeAll
  static void startServer() {
    cluster = HostServer.start();
  }

  @AfterAll
  static void stopServer() {
    cluster.close();
  }

  @Test
  void a_table_comes_back_beside_what_is_there_and_wrong_calls_are_refused() {
    cluster.createDatabase(
        "hf-one-app",
        "CREATE TABLE kept AS SELECT 1 AS i",
        "CREATE TABLE lost AS SELECT generate_series(1, 9) AS i");
    Operator operator =
        new Operator(folder).cluster("main", cluster, "databases: {include: [\"hf-one-*\"]}");
    operator.holdfast("backup", "databases").ok();
    cluster.sql("hf-one-app", "DELETE FROM lost");

    restore(operator, "--table", "public.lost").exits(2).tells("--as", "--into-schema");
    restore(operator, "--table", "public.lost", "--as", "x", "--force").exits(2).tells("--force");
    restore(operator, "--into-schema", "back").exits(2).tells("--table");
    restore(operator, "--table", "public.los", "--as", "hf-one-x")
        .exits(11)
        .tells("no table public.los", "public.lost");
    restore(operator, "--table", "public.lost", "--into-schema", "back", "--dry-run")
        .ok()
        .tells("bring them into schema back of database hf-one-app");
    restore(operator, "--table", "public.lost", "--into-schema", "back").ok();
    restore(operator, "--table", "public.lost", "--into-schema", "back").exits(11).tells("back");
    restore(operator, "--table", "public.lost", "--as", "hf-one-new").ok();

    assertThat(cluster.query("hf-one-app", "SELECT count(*) FROM back.lost")).containsExactly("9");
    assertThat(cluster.query("hf-one-app", "SELECT count(*) FROM lost")).containsExactly("0");
    assertThat(cluster.query("hf-one-new", "SELECT count(*) FROM lost")).containsExactly("9");
    assertThat(cluster.query("hf-one-new", "SELECT count(*) FROM kept")).containsExactly("0");
    assertThat(cluster.databases()).noneMatch(name -> name.contains("__"));
    cluster.dropAllDatabases();
  }

  private static Outcome restore(Operator operator, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"restore", "databases", "latest", "--only", "hf-one-app"},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return operator.holdfast(arguments);
  }
}
