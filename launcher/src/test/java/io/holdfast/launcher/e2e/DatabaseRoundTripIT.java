package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database with everything in it survives backup, drop and restore, compared by the plain text of
 * {@code pg_dump --create}:
 *
 * <ul>
 *   <li>every kind of object, large objects, owner, grants, settings, encoding, locale
 *   <li>roles that are missing come from the globals; roles that exist are left alone
 *   <li>names that need care in a shell, a connection string, SQL, a file name or a checksums file
 * </ul>
 */
class DatabaseRoundTripIT {

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

  @AfterEach
  void clear() {
    cluster.dropAllDatabases();
    Everything.dropRoles(cluster);
  }

  @Test
  void a_database_with_everything_comes_back_identical_and_so_do_its_roles() {
    Everything.createRoles(cluster);
    Everything.create(cluster, "hf-e2e-all", "ENCODING 'UTF8' LOCALE 'de_DE.UTF-8'");
    String before = cluster.dump("hf-e2e-all");
    String roles = cluster.dumpOfGlobals();
    assertThat(before).contains("hf_watch", "lowrite", "statement_timeout", "de_DE.UTF-8");
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases", "--only", "hf-e2e-all").ok();

    cluster.dropDatabase("hf-e2e-all");
    Everything.dropRoles(cluster);
    operator.holdfast("restore", "databases", "latest").ok();

    assertThat(cluster.dump("hf-e2e-all")).isEqualTo(before);
    assertThat(cluster.dumpOfGlobals()).isEqualTo(roles);
    assertThat(cluster.databases()).noneMatch(name -> name.contains("__"));
  }

  @Test
  void roles_that_exist_are_left_alone_and_missing_ones_are_created() {
    Everything.createRoles(cluster);
    cluster.createDatabase(
        "hf-e2e-roles", "CREATE TABLE t AS SELECT 1 AS a", "ALTER TABLE t OWNER TO hf_app");
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases").ok();

    cluster.dropDatabase("hf-e2e-roles");
    cluster.sql(
        "postgres",
        "ALTER ROLE hf_app CONNECTION LIMIT 7 PASSWORD 'changed since'",
        "DROP ROLE hf_owner");
    String password = passwordOf("hf_app");
    operator.holdfast("restore", "databases", "latest", "--only", "hf-e2e-roles").ok();

    assertThat(
            cluster.query("postgres", "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'hf_app'"))
        .containsExactly("7");
    assertThat(passwordOf("hf_app")).isEqualTo(password);
    assertThat(
            cluster.query(
                "postgres", "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'hf_owner'"))
        .containsExactly("20");
  }

  private static String passwordOf(String role) {
    return cluster
        .query("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'")
        .get(0);
  }

  @Test
  void encodings_and_locales_other_than_the_clusters_own_come_back() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("hf-e2e-latin1", "ENCODING 'LATIN1' LOCALE 'C'");
    kinds.put("hf-e2e-ascii", "ENCODING 'SQL_ASCII' LOCALE 'C'");
    kinds.put("hf-e2e-german", "ENCODING 'UTF8' LOCALE 'de_DE.UTF-8'");
    kinds.put(
        "hf-e2e-icu",
        "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-u-co-phonebk' LOCALE 'C.UTF-8'");
    kinds.put("hf-e2e-limited", "CONNECTION LIMIT 5 ENCODING 'UTF8'");
    Map<String, String> before = new LinkedHashMap<>();
    kinds.forEach(
        (name, kind) -> {
          cluster.sql("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE template0 " + kind);
          cluster.sql(name, "CREATE TABLE t AS SELECT 'Z' || chr(100) AS a");
          before.put(name, cluster.dump(name));
        });
    cluster.sql("hf-e2e-latin1", "INSERT INTO t VALUES (convert_from('\\xe4f6fc', 'LATIN1'))");
    before.put("hf-e2e-latin1", cluster.dump("hf-e2e-latin1"));
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases").ok();

    cluster.dropAllDatabases();
    operator.holdfast("restore", "databases", "latest", "--force").ok();

    before.forEach((name, text) -> assertThat(cluster.dump(name)).as(name).isEqualTo(text));
  }

  @Test
  void a_databases_own_settings_owner_grants_and_comment_come_back() {
    Everything.createRoles(cluster);
    cluster.createDatabase("hf-e2e-set", "CREATE TABLE t (a integer)");
    cluster.sql(
        "postgres",
        "ALTER DATABASE \"hf-e2e-set\" OWNER TO hf_owner",
        "ALTER DATABASE \"hf-e2e-set\" SET work_mem = '77MB'",
        "ALTER DATABASE \"hf-e2e-set\" SET search_path = 'a \"b\"', public",
        "ALTER ROLE hf_app IN DATABASE \"hf-e2e-set\" SET lock_timeout = '3s'",
        "GRANT CREATE, CONNECT ON DATABASE \"hf-e2e-set\" TO hf_app WITH GRANT OPTION",
        "REVOKE TEMPORARY ON DATABASE \"hf-e2e-set\" FROM PUBLIC",
        "COMMENT ON DATABASE \"hf-e2e-set\" IS 'it''s mine'");
    String before = cluster.dump("hf-e2e-set");
    assertThat(before).contains("77MB", "lock_timeout", "it''s mine", "REVOKE", "hf_owner");
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases").ok();

    cluster.dropDatabase("hf-e2e-set");
    operator.holdfast("restore", "databases", "latest", "--only", "hf-e2e-set").ok();

    assertThat(cluster.dump("hf-e2e-set")).isEqualTo(before);
  }

  @Test
  void names_that_need_care_everywhere_are_backed_up_verified_and_restored() {
    List<String> names =
        List.of(
            "hf-e2e we \"quote\" it's",
            "hf-e2e sp ace ",
            "hf-e2e.dot.ted",
            "hf-e2e/slash/../x",
            "host=hf-e2e dbname=x",
            "postgresql://hf-e2e",
            "hf-e2e\nline\nbreak",
            "hf-e2e\\back\\slash",
            "hf-e2e%2F*?[a]$HOME`x`;",
            "-hf-e2e",
            "..",
            "hf-e2e-" + "é".repeat(28),
            "HF-E2E-Ünï✓");
    names.forEach(
        name ->
            cluster.createDatabase(
                name, "CREATE TABLE t (a text)", "INSERT INTO t SELECT current_database()"));
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases").ok();
    String set = operator.repository().onlySet();
    operator.repository().assertWhole(set);
    operator.holdfast("verify", set, "--deep").ok();
    names.forEach(
        name ->
            assertThat(operator.repository().artifact(set, "DATABASE", name).get("path").asString())
                .startsWith("databases/"));

    cluster.dropAllDatabases();
    operator.holdfast("restore", "databases", set, "--force").ok();

    names.forEach(
        name -> assertThat(cluster.query(name, "SELECT a FROM t")).as(name).containsExactly(name));
    operator.holdfast("backup", "databases", "--only", "hf-e2e-" + "é".repeat(28)).ok();
    assertThat(operator.repository().manifest(operator.repository().newestSet()).toString())
        .contains("é".repeat(28))
        .doesNotContain("HF-E2E-Ünï✓");
  }

  @Test
  void a_database_is_restored_beside_the_old_one_under_another_name() {
    cluster.createDatabase("hf-e2e-one", "CREATE TABLE t AS SELECT 'saved' AS a");
    Operator operator = new Operator(folder).cluster("main", cluster);
    operator.holdfast("backup", "databases").ok();
    cluster.sql("hf-e2e-one", "UPDATE t SET a = 'newer'");

    operator
        .holdfast(
            "restore", "databases", "latest", "--only", "hf-e2e-one", "--as", "hf-e2e \"two\"")
        .ok();

    assertThat(cluster.query("hf-e2e-one", "SELECT a FROM t")).containsExactly("newer");
    assertThat(cluster.query("hf-e2e \"two\"", "SELECT a FROM t")).containsExactly("saved");
    operator.holdfast("restore", "databases", "latest", "--as", "hf-e2e-three").exits(2);
  }
}
